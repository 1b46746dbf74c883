using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.Tests.Configuration;

namespace HopsKafka.Tests.Hopsworks;

/// <summary>Which of the two API keys of a configuration is used, and what messages call it.</summary>
public sealed class ApiKeySourceSpecs : IDisposable
{
    private const string Variable = "HOPSKAFKA_API__KEY";

    private readonly TestConfig _testConfig = new();

    public void Dispose() => _testConfig.Dispose();

    [Fact]
    public void A_key_of_the_file_is_reported_to_take_precedence_over_its_key_file()
    {
        Assert.Equal("[api] key ([api] key_file is ignored while it is set)", Source(Load("key = 'a.b'\nkey_file = 'key'")));
        Assert.Equal("[api] key", Source(Load("key = 'a.b'")));
    }

    [Fact]
    public void A_key_of_the_environment_is_called_by_its_variable()
    {
        Assert.Equal(
            "the environment variable HOPSKAFKA_API__KEY ([api] key_file is ignored while it is set)", Source(Load("key_file = 'key'", (Variable, "a.b"))));
        Assert.Equal("the environment variable hopskafka_api__key", Source(Load("key = 'x.y'", ("hopskafka_api__key", "a.b"))));
    }

    [Fact]
    public void A_key_file_of_the_environment_wins_over_a_key_of_the_file()
    {
        var config = Load("key = 'a.b'", ($"{Variable}_FILE", "key"));

        Assert.Null(config.Api.Key);
        Assert.EndsWith("/key", Source(config), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key = 'a.b'\nkey_file = 'key'", "c.d", true)]
    [InlineData("key = 'a.b'\nkey_file = 'key'", "a.b", false)]
    [InlineData("key = 'a.b'\nkey_file = 'key'", null, false)]
    [InlineData("key = 'a.b'", null, false)]
    [InlineData("key_file = 'key'", "c.d", false)]
    public void Two_keys_that_differ_are_a_conflict(string api, string? inFile, bool conflict)
    {
        if (inFile is not null)
        {
            File.WriteAllText(Path.Combine(_testConfig.Folder, "key"), $"{inFile}\n");
        }

        var found = Load(api).Api.FindConflict();

        Assert.Equal(conflict, found is not null);
        Assert.DoesNotContain("a.b", found ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("c.d", found ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_takes_the_place_of_the_file_is_no_conflict()
    {
        File.WriteAllText(Path.Combine(_testConfig.Folder, "key"), "c.d");

        Assert.Null(Load("key_file = 'key'", (Variable, "a.b")).Api.FindConflict());
        Assert.NotNull(Load("key_file = 'other'", (Variable, "a.b"), ($"{Variable}_FILE", "key")).Api.FindConflict());
    }

    private HopsKafkaConfig Load(string api, params (string, string)[] environment) =>
        _testConfig.Load(TestConfig.Smallest.Replace("key_file = 'key'", api, StringComparison.Ordinal), environment);

    private static string Source(HopsKafkaConfig config) => HopsworksClientOptions.From(config).KeySource;
}
