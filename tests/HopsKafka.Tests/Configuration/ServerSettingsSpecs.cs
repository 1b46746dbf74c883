using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Configuration;

/// <summary>Host, project and API key without a config.toml.</summary>
public sealed class ServerSettingsSpecs : IDisposable
{
    private const string Profiles = """
        [default]
        host = "https://first.example"
        api_key = "first.key"
        api_key_name = "mine"
        project = "one"
        project_id = 119
        feature_store_id = 67
        hostname_verification = true

        [second]
        host = "second.example:8443"
        api_key = "second.key"
        project = "two"
        """;

    private readonly TempDir _home = new();
    private readonly Dictionary<string, string> _environment = [];

    public ServerSettingsSpecs() => _environment["HOME"] = _environment["USERPROFILE"] = _home.Path;

    [Fact]
    public void The_profile_default_is_read_if_none_is_named()
    {
        Write(Profiles);

        var found = Find();

        Assert.Equal(("first.example", 443, "one", "first.key"), Values(found));
        Assert.Equal("host first.example, project one and API key from profile default of ~/.hops.toml", found.Describe());
        Assert.Equal("profile default of ~/.hops.toml", found.Label);
    }

    [Fact]
    public void A_named_profile_is_read()
    {
        Write(Profiles);

        Assert.Equal(("second.example", 8443, "two", "second.key"), Values(Find("second")));
    }

    [Fact]
    public void A_variable_wins_over_the_profile_and_what_is_given_over_both()
    {
        Write(Profiles);
        _environment["HOPSWORKS_HOST"] = "https://first.example:444/";
        _environment["HOPSWORKS_PROJECT"] = "three";

        var found = Find();
        var given = Find(null, new GivenSettings("first.example", "four", true));

        Assert.Equal(("first.example", 444, "three", "first.key"), Values(found));
        Assert.Equal("host first.example from HOPSWORKS_HOST, project three from HOPSWORKS_PROJECT, API key from profile default of ~/.hops.toml", found.Describe());
        Assert.Equal((null, null, null), (given.Host, given.Project, given.ApiKey));
    }

    [Fact]
    public void The_file_is_not_read_when_the_variables_suffice()
    {
        Write("not [ TOML");
        _environment["HOPSWORKS_HOST"] = "h";
        _environment["HOPSWORKS_PORT"] = "8443";
        _environment["HOPSWORKS_PROJECT"] = "p";
        _environment["HOPSWORKS_API_KEY"] = " a.b ";

        var found = Find();

        Assert.Equal(("h", 8443, "p", "a.b"), Values(found));
        Assert.Equal("the environment", found.Label);
    }

    [Fact]
    public void The_API_key_of_a_profile_is_not_sent_to_another_host()
    {
        Write(Profiles);
        _environment["HOPSWORKS_HOST"] = "other.example";

        var found = Find();

        Assert.Null(found.ApiKey);
        Assert.Equal("The API key of profile default of ~/.hops.toml is that of first.example, so it is not sent to other.example.", found.Hint);
    }

    [Fact]
    public void A_profile_may_have_the_id_of_the_project_alone()
    {
        Write("[default]\nhost = 'h'\nproject_id = 119\n");

        var found = Find();

        Assert.Equal((null, 119), (found.Project, found.ProjectId?.Value));
        Assert.Equal("host h and project 119 from profile default of ~/.hops.toml", found.Describe());
    }

    [Fact]
    public void The_id_of_a_profile_is_only_that_of_its_own_project_and_host()
    {
        Write("[default]\nhost = 'h'\nproject = 'one'\nproject_id = 119\n[alone]\nhost = 'h'\nproject_id = 119\n");

        Assert.Equal(("one", 119), (Find().Project?.Value, Find().ProjectId?.Value));
        Assert.Null(Find(null, new GivenSettings(null, "two", false)).ProjectId);
        Assert.Equal((null, null), (Find(null, new GivenSettings(null, null, false, HasProjectId: true)).Project, Find(null, new GivenSettings(null, null, false, true)).ProjectId));
        _environment["HOPSWORKS_HOST"] = "other";
        Assert.Equal(("one", null), (Find().Project?.Value, Find().ProjectId));
        Assert.Equal("The project_id of profile alone of ~/.hops.toml is that of a project of h, so it is not used for other.", Find("alone").Hint);
    }

    [Fact]
    public void Empty_variables_and_an_absent_file_give_nothing()
    {
        _environment["HOPSWORKS_HOST"] = " ";
        _environment["HOPSWORKS_API_KEY"] = "";

        Assert.Null(Find().Describe());
    }

    [Fact]
    public void A_file_without_the_default_profile_lists_its_profiles()
    {
        Write("[b]\nhost = 'h'\n[a]\n");

        var found = Find();

        Assert.Null(found.Describe());
        Assert.Equal("~/.hops.toml has no profile default: it has b and a; choose one with --profile.", found.Hint);
    }

    [Theory]
    [InlineData("third", "~/.hops.toml has no profile third: it has default and second.")]
    [InlineData("host", "~/.hops.toml has no profile host: it has default and second.")]
    public void An_unknown_profile_is_an_error_that_lists_the_others(string profile, string message)
    {
        Write(Profiles);

        Assert.Equal((message, ExitCode.Usage), Fails(profile));
    }

    [Fact]
    public void A_named_profile_needs_the_file() => Assert.Equal(("~/.hops.toml does not exist.", ExitCode.Usage), Fails("second"));

    [Theory]
    [InlineData("host = 5", "~/.hops.toml(2,8): [default] host is a whole number; write host = 'https://my.hopsworks.host'")]
    [InlineData("host = 'http://h'", "~/.hops.toml(2,8): [default] host begins with http://, and the API key is sent by HTTPS only; write host = 'https://my.hopsworks.host'")]
    [InlineData("host = 'https://u:hunter2@h'", "~/.hops.toml(2,8): [default] host must be a host, with or without https:// and port, and without user and path; write host = 'https://my.hopsworks.host'")]
    [InlineData("api_key = 'two hunter2'", "~/.hops.toml(2,11): [default] api_key has white space or letters in it that no API key has; write api_key = 'prefix.secret'")]
    [InlineData("project = ''", "~/.hops.toml(2,11): [default] project is empty; write project = 'myproject'")]
    [InlineData("project_id = 0", "~/.hops.toml(2,14): [default] project_id must be a number above 0; write project_id = 119")]
    [InlineData("project_id = true", "~/.hops.toml(2,14): [default] project_id is a truth value; write project_id = 119")]
    [InlineData("host = ", "~/.hops.toml(2,8): broken TOML: a value is expected here; write a text in quotes ('text'), a number, true or false")]
    public void A_wrong_value_of_the_file_is_an_error_with_its_position(string line, string message)
    {
        Write($"[default]\n{line}\n");

        Assert.Equal((message, ExitCode.Usage), Fails());
    }

    [Theory]
    [InlineData("HOPSWORKS_HOST", "http://h", "HOPSWORKS_HOST begins with http://, and the API key is sent by HTTPS only.")]
    [InlineData("HOPSWORKS_HOST", "https://h/hunter2", "HOPSWORKS_HOST must be a host, with or without https:// and port, and without user and path.")]
    [InlineData("HOPSWORKS_HOST", "h:hunter2", "HOPSWORKS_HOST must be a host, with or without https:// and port, and without user and path.")]
    [InlineData("HOPSWORKS_HOST", "https://", "HOPSWORKS_HOST must be a host, with or without https:// and port, and without user and path.")]
    [InlineData("HOPSWORKS_PORT", "70000", "HOPSWORKS_PORT must be a number from 1 to 65535.")]
    [InlineData("HOPSWORKS_API_KEY", "two hunter2", "HOPSWORKS_API_KEY is no API key: it has white space or letters that no key has.")]
    public void A_wrong_variable_is_an_error_that_does_not_repeat_it(string name, string value, string message)
    {
        _environment[name] = value;

        Assert.Equal((message, ExitCode.Usage), Fails());
    }

    [Theory]
    [InlineData("h", "h", null)]
    [InlineData("h:8443", "h", 8443)]
    [InlineData("HTTPS://my.host:8443/", "my.host", 8443)]
    [InlineData("127.0.0.1", "127.0.0.1", null)]
    [InlineData("::1", "[::1]", null)]
    [InlineData("https://[::1]:443", "[::1]", 443)]
    public void A_host_may_have_scheme_and_port(string text, string host, int? port) => Assert.Equal(new HostAddress(host, port), HostAddress.Parse(text, out _));

    [Fact]
    public void A_key_that_others_can_read_is_warned_of_when_it_is_used()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        var file = Write(Profiles);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Equal("~/.hops.toml holds an API key, and other users of this machine can read the file.", Find().Warning);
        Assert.Null(Find(null, new GivenSettings(null, null, true)).Warning);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Null(Find().Warning);
    }

    [Fact]
    public void The_options_of_the_library_take_the_same()
    {
        Write(Profiles);
        _environment["HOPSWORKS_PROJECT"] = "three";

        var options = HopsworksOptions.FromProfile("second", _environment);

        Assert.Equal(("second.example", 8443, "three", "second.key"), (options.Host, options.Port, options.Project, options.ApiKey));
    }

    public void Dispose() => _home.Dispose();

    private static (string?, int, string?, string?) Values(ServerSettings found) => (found.Host?.Value, found.Port, found.Project?.Value, found.ApiKey?.Value.Reveal());

    private string Write(string text) => _home.Write(".hops.toml", text);

    private ServerSettings Find(string? profile = null, GivenSettings given = default) => ServerSettings.Find(_environment, profile, given);

    private (string Message, int ExitCode) Fails(string? profile = null)
    {
        var error = Assert.Throws<HopsKafkaException>(() => Find(profile));
        Assert.DoesNotContain("hunter2", $"{error}", StringComparison.Ordinal);
        return (error.Message, error.ExitCode);
    }
}
