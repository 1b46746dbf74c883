namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class CompatibilityCallsSpecs
{
    private const string One = """{"type":"record","name":"r","fields":[{"name":"a","type":"int"}]}""";
    private const string WithoutDefault =
        """{"type":"record","name":"r","fields":[{"name":"a","type":"int"},{"name":"b","type":"int"}]}""";
    private const string WithDefault =
        """{"type":"record","name":"r","fields":[{"name":"a","type":"int"},{"name":"b","type":"int","default":0}]}""";

    [Theory]
    [InlineData("BACKWARD", WithoutDefault, false)]
    [InlineData("BACKWARD", WithDefault, true)]
    [InlineData("FORWARD", WithoutDefault, true)]
    [InlineData("FULL", WithoutDefault, false)]
    [InlineData("FULL", WithDefault, true)]
    [InlineData("FULL_TRANSITIVE", "\"string\"", false)]
    [InlineData("NONE", "\"string\"", true)]
    public async Task Checks_by_the_level_of_the_subject(string level, string candidate, bool compatible)
    {
        await using var rest = await RestTestServer.StartAsync();
        await rest.RegisterAsync("r", One);

        await rest.KafkaAsync("PUT", "config/r", new { compatibility = level });
        var check = await rest.KafkaAsync("POST", "compatibility/subjects/r/versions/latest", new { schema = candidate });
        var register = await rest.RegisterAsync("r", candidate);

        Assert.Equal(compatible ? """{"is_compatible":true}""" : """{"is_compatible":false}""", check.Body);
        Assert.Equal(compatible ? 200 : 409, register.Status);
    }

    [Theory]
    [InlineData("BACKWARD", 200)]
    [InlineData("BACKWARD_TRANSITIVE", 409)]
    public async Task Only_a_transitive_level_looks_further_back_than_the_latest_version(string level, int status)
    {
        await using var rest = await RestTestServer.StartAsync();
        await rest.KafkaAsync("PUT", "config", new { compatibility = "NONE" });
        await rest.RegisterAsync("r", "\"string\"");
        await rest.RegisterAsync("r", One);
        await rest.KafkaAsync("PUT", "config", new { compatibility = level });

        var reply = await rest.RegisterAsync("r", WithDefault);

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task A_project_starts_with_BACKWARD_and_a_subject_without_a_level()
    {
        await using var rest = await RestTestServer.StartAsync();

        var project = await rest.GetAsync("config");
        var subject = await rest.GetAsync("config/inferenceschema");

        Assert.Equal("""{"compatibilityLevel":"BACKWARD"}""", project.Body);
        Assert.Equal((404, 40401), (subject.Status, subject.ErrorCode));
    }

    [Fact]
    public async Task Sets_the_level_of_project_and_subject_until_the_subject_loses_a_version()
    {
        await using var rest = await RestTestServer.StartAsync();
        await rest.RegisterAsync("r", One);

        var project = await rest.KafkaAsync("PUT", "config", new { compatibility = "FORWARD" });
        var subject = await rest.KafkaAsync("PUT", "config/r", new { compatibility = "FULL" });
        var projectNow = await rest.GetAsync("config");
        var subjectNow = await rest.GetAsync("config/r");
        await rest.KafkaAsync("DELETE", "subjects/r/versions/1");
        var subjectThen = await rest.GetAsync("config/r");

        Assert.Equal("""{"compatibility":"FORWARD"}""", project.Body);
        Assert.Equal("""{"compatibility":"FULL"}""", subject.Body);
        Assert.Equal("""{"compatibilityLevel":"FORWARD"}""", projectNow.Body);
        Assert.Equal("""{"compatibilityLevel":"FULL"}""", subjectNow.Body);
        Assert.Equal(40401, subjectThen.ErrorCode);
    }

    [Fact]
    public async Task Refuses_a_level_that_is_missing_or_unknown_and_a_subject_that_does_not_exist()
    {
        await using var rest = await RestTestServer.StartAsync();

        var missing = await rest.KafkaAsync("PUT", "config", "{}");
        var unknown = await rest.KafkaAsync("PUT", "config", new { compatibility = "full" });
        var nobody = await rest.KafkaAsync("PUT", "config/nobody", new { compatibility = "FULL" });

        Assert.Equal((422, 42203), (missing.Status, missing.ErrorCode));
        Assert.Equal((400, "text/plain"), (unknown.Status, unknown.ContentType));
        Assert.Equal((404, 40401), (nobody.Status, nobody.ErrorCode));
    }
}
