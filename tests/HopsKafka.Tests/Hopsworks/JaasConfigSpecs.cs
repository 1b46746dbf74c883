using HopsKafka.Hopsworks;

namespace HopsKafka.Tests.Hopsworks;

/// <summary><c>sasl.jaas.config</c> as Kafka's Java clients read it.</summary>
public sealed class JaasConfigSpecs
{
    private const string Scram = "org.apache.kafka.common.security.scram.ScramLoginModule required ";

    [Theory]
    [InlineData("username=\"alice\" password=\"secret\";", "alice", "secret")]
    [InlineData("\n  username = 'alice'\tpassword =\"se cret\" ;\n", "alice", "se cret")]
    [InlineData("username=alice password=a1_b-c.d$;", "alice", "a1_b-c.d$")]
    [InlineData("username=\"a\\\"b\\\\c\" password=\"x'y;z=\\n\\t\";", "a\"b\\c", "x'y;z=\n\t")]
    [InlineData("username=\"\\101\\0\\3774\" password=\"\\400\\q\";", "A\0\u00ff4", "\u00200q")]
    [InlineData("/* username=\"x\"; */ username=\"ålice\" // a comment\n password=\"//no\";", "ålice", "//no")]
    [InlineData("password=\"first\" username=\"\" password=\"second\";", "", "second")]
    public void User_and_password_are_read_with_quotes_escapes_and_comments(string options, string username, string password)
    {
        var (module, found) = JaasConfig.Parse(Scram + options);

        Assert.Equal(("ScramLoginModule", username, password), (module, found["username"], found["password"]));
    }

    [Theory]
    [InlineData("", "the class of a login module is missing")]
    [InlineData("org.example.Module", "the flag after the login module is missing")]
    [InlineData("org.example.Module username=\"hunter2\";", "is not followed by a flag such as required")]
    [InlineData(Scram + "username=\"hunter2\"", "the semicolon at its end is missing")]
    [InlineData(Scram + "username \"hunter2\";", "an option is not of the form name=\"value\"")]
    [InlineData(Scram + "password=;", "an option has no value")]
    [InlineData(Scram + "password=\"hunter2;", "a quotation mark is not closed")]
    [InlineData(Scram + "password=\"hunter2\n\";", "a quotation mark is not closed")]
    [InlineData(Scram + "password=\"hunter2\\", "a quotation mark is not closed")]
    [InlineData(Scram + "password=\"hunter2\"; x", "it has more than one login module")]
    [InlineData(Scram + "/* hunter2", "the semicolon at its end is missing")]
    public void Another_form_is_refused_without_repeating_it(string text, string message)
    {
        var error = Assert.Throws<FormatException>(() => JaasConfig.Parse(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }
}
