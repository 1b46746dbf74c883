using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;
using HopsKafka.Tests.Diagnostics;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Faults;

/// <summary>What avro-producer says when the REST API is at fault, or the key; the consumer asks it at the first event.</summary>
public sealed class RegistryFailureSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private readonly SandboxUser _user = sandbox.User;

    [Theory]
    [InlineData("API__KEY", "planted-without-a-dot", "401", "must hold the whole key (prefix.secret)")]
    [InlineData("API__KEY", "unknown.planted-secret", "401", "must hold the whole key (prefix.secret)")]
    [InlineData("PROJECT__ID", "4711", "error 150004", "Check [project] id")]
    [InlineData("KAFKA__SCHEMA", "nothing", "[kafka] schema is nothing, but the record", "set [kafka] schema = 'sensor'")]
    public async Task A_wrong_setting(string key, string value, string why, string remedy)
    {
        var exitCode = key == "KAFKA__SCHEMA" ? 2 : 1;

        await ToolFailures.AssertFailsAsync(_user, ToolFailures.Producer, [(key, value)], exitCode, [why, remedy]);
    }

    [Fact]
    public async Task A_key_without_the_scope()
    {
        var key = _user.Sandbox.State.ApiKeys.Create(_user.Sandbox.Key.User, ApiScope.Project);

        await ToolFailures.AssertFailsAsync(_user, ToolFailures.Producer, [("API__KEY", key.Token.Reveal())], 1, ["error 320004", "Add the scope KAFKA"]);
    }

    [Fact]
    public async Task A_project_that_is_not_ours()
    {
        var id = _user.Sandbox.State.AddProject("theirs").Id;

        await ToolFailures.AssertFailsAsync(_user, ToolFailures.Producer, [("PROJECT__ID", $"{id}")], 1, ["error 160000", "as a member"]);
        await AssertConsumerFailsAsync([("PROJECT__ID", $"{id}")], "error 160000", "as a member");
    }

    [Fact]
    public async Task A_subject_that_is_missing()
    {
        await using var user = await SandboxUser.StartAsync();
        user.Sandbox.State.Schemas.Delete(119, "sensor");

        await ToolFailures.AssertFailsAsync(user, ToolFailures.Producer, [], 1, ["error 40401", "hops-kafka setup"]);
    }

    [Theory]
    [InlineData(1, 415, "", "text/plain", "the server answered 415", "check whether a proxy changes the Content-Type header")]
    [InlineData(3, 500, """{"errorCode":120000,"errorMsg":"A generic error occurred."}""", "application/json", "error 120000", "Try again later")]
    [InlineData(1, 200, "<!DOCTYPE html><html><body>Sign in</body></html>", "text/html", "a web page", "Is this a Hopsworks server?")]
    [InlineData(1, 403, "<!DOCTYPE html><html><body>No</body></html>", "text/html", "a web page", "a proxy or a login page may answer in its place")]
    public async Task An_answer_that_is_none(int times, int status, string body, string type, string why, string remedy)
    {
        _user.Sandbox.Server.Faults.FailNext(times, status, body, type);

        await ToolFailures.AssertFailsAsync(_user, ToolFailures.Producer, [], 1, [why, remedy], "-v");

        Assert.Equal(0, _user.Sandbox.Server.Faults.Pending);
    }

    [Fact]
    public async Task An_answer_that_is_cut_in_the_middle_three_times()
    {
        _user.Sandbox.Server.Faults.CutNext(3);

        await ToolFailures.AssertFailsAsync(_user, ToolFailures.Producer, [], 1, ["was lost before the whole answer came"], "-v");
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task A_server_that_accepts_and_never_answers()
    {
        await using var server = FaultyServer.Silent();

        await ToolFailures.AssertFailsAsync(
            _user, ToolFailures.Producer, [("HOPS__PORT", $"{server.Port}")], 1, [$"no answer from localhost:{server.Port} within 10 s"], "-v");
    }

    [Fact]
    public async Task HTTP_without_TLS()
    {
        await using var server = FaultyServer.Says("HTTP/1.1 400 Bad Request\r\n\r\n");

        await ToolFailures.AssertFailsAsync(_user, ToolFailures.Producer, [("HOPS__PORT", $"{server.Port}")], 1, ["does not use TLS", "Check [hops] port"]);
    }

    [Fact]
    public async Task The_port_of_Kafka()
    {
        var port = _user.Sandbox.Kafka.Brokers[0].Split(':')[1];

        await ToolFailures.AssertFailsAsync(
            _user, ToolFailures.Producer, [("HOPS__PORT", port)], 1, ["it requests a client certificate", "Kafka's port is another one"]);
    }

    [Theory]
    [InlineData("API__KEY", "unknown.planted-secret", "401")]
    [InlineData("API__KEY", "planted-without-a-dot", "401")]
    [InlineData("PROJECT__ID", "4711", "error 150004")]
    [InlineData("HOPS__VERIFY", "true", "is not trusted by")]
    public async Task The_consumer_ends_at_the_first_event_when_it_is_refused_and_commits_nothing(string key, string value, string why) =>
        await AssertConsumerFailsAsync([(key, value)], why);

    [Fact]
    public async Task The_consumer_of_a_key_without_the_scope()
    {
        var key = _user.Sandbox.State.ApiKeys.Create(_user.Sandbox.Key.User, ApiScope.Project);

        await AssertConsumerFailsAsync([("API__KEY", key.Token.Reveal())], "error 320004", "Add the scope KAFKA");
    }

    [Theory]
    [InlineData(200, "<!DOCTYPE html><html><body>Sign in</body></html>", "text/html", "a web page")]
    [InlineData(415, "", "text/plain", "the server answered 415")]
    public async Task The_consumer_of_an_answer_that_is_none(int status, string body, string type, string why)
    {
        var topic = ("KAFKA__TOPIC", await _user.NewTopicAsync());
        await ToolFailures.RunAsync(_user, ToolFailures.Producer, [topic], "-e", "1", "-d", "0", "-q");
        _user.Sandbox.Server.Faults.FailNext(1, status, body, type);

        await ToolFailures.AssertFailsAsync(_user, ToolFailures.Consumer, [topic], 1, [why], "-g", "refused");
    }

    private async Task AssertConsumerFailsAsync((string Key, string Value)[] environment, params string[] texts)
    {
        var topic = ("KAFKA__TOPIC", await _user.NewTopicAsync());
        await ToolFailures.RunAsync(_user, ToolFailures.Producer, [topic], "-e", "1", "-d", "0", "-q");

        await ToolFailures.AssertFailsAsync(_user, ToolFailures.Consumer, [topic, .. environment], 1, texts, "-g", "refused");
        var again = await ToolFailures.RunAsync(_user, ToolFailures.Consumer, [topic], "-g", "refused", "--exit-at-end");

        Assert.Equal(8, Readings.Of(again).Count);
    }
}
