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
    public async Task Judges_by_the_level_of_the_subject(string level, string candidate, bool compatible)
    {
        await using var bench = await RestBench.StartAsync();
        await bench.RegisterAsync("r", One);

        await bench.KafkaAsync("PUT", "config/r", new { compatibility = level });
        var check = await bench.KafkaAsync("POST", "compatibility/subjects/r/versions/latest", new { schema = candidate });
        var register = await bench.RegisterAsync("r", candidate);

        Assert.Equal(compatible ? """{"is_compatible":true}""" : """{"is_compatible":false}""", check.Body);
        Assert.Equal(compatible ? 200 : 409, register.Status);
    }

    [Theory]
    [InlineData("BACKWARD", 200)]
    [InlineData("BACKWARD_TRANSITIVE", 409)]
    public async Task Only_a_transitive_level_looks_further_back_than_the_latest_version(string level, int status)
    {
        await using var bench = await RestBench.StartAsync();
        await bench.KafkaAsync("PUT", "config", new { compatibility = "NONE" });
        await bench.RegisterAsync("r", "\"string\"");
        await bench.RegisterAsync("r", One);
        await bench.KafkaAsync("PUT", "config", new { compatibility = level });

        var reply = await bench.RegisterAsync("r", WithDefault);

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task A_project_starts_with_BACKWARD_and_a_subject_without_a_level()
    {
        await using var bench = await RestBench.StartAsync();

        var project = await bench.GetAsync("config");
        var subject = await bench.GetAsync("config/inferenceschema");

        Assert.Equal("""{"compatibilityLevel":"BACKWARD"}""", project.Body);
        Assert.Equal((404, 40401), (subject.Status, subject.ErrorCode));
    }

    [Fact]
    public async Task Sets_the_level_of_project_and_subject_until_the_subject_loses_a_version()
    {
        await using var bench = await RestBench.StartAsync();
        await bench.RegisterAsync("r", One);

        var project = await bench.KafkaAsync("PUT", "config", new { compatibility = "FORWARD" });
        var subject = await bench.KafkaAsync("PUT", "config/r", new { compatibility = "FULL" });
        var projectNow = await bench.GetAsync("config");
        var subjectNow = await bench.GetAsync("config/r");
        await bench.KafkaAsync("DELETE", "subjects/r/versions/1");
        var subjectThen = await bench.GetAsync("config/r");

        Assert.Equal("""{"compatibility":"FORWARD"}""", project.Body);
        Assert.Equal("""{"compatibility":"FULL"}""", subject.Body);
        Assert.Equal("""{"compatibilityLevel":"FORWARD"}""", projectNow.Body);
        Assert.Equal("""{"compatibilityLevel":"FULL"}""", subjectNow.Body);
        Assert.Equal(40401, subjectThen.ErrorCode);
    }

    [Fact]
    public async Task Refuses_a_level_that_is_missing_or_unknown_and_a_subject_that_does_not_exist()
    {
        await using var bench = await RestBench.StartAsync();

        var missing = await bench.KafkaAsync("PUT", "config", "{}");
        var unknown = await bench.KafkaAsync("PUT", "config", new { compatibility = "full" });
        var nobody = await bench.KafkaAsync("PUT", "config/nobody", new { compatibility = "FULL" });

        Assert.Equal((422, 42203), (missing.Status, missing.ErrorCode));
        Assert.Equal((400, "text/plain"), (unknown.Status, unknown.ContentType));
        Assert.Equal((404, 40401), (nobody.Status, nobody.ErrorCode));
    }
}
