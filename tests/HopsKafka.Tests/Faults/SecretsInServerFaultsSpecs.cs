using HopsKafka.Sandbox.Rest.State;
using HopsKafka.Tests.Diagnostics;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Faults;

/// <summary>No secret is shown for a REST API at fault.</summary>
[Trait("Category", "Slow")]
public sealed class SecretsInServerFaultsSpecs(SandboxFixture sandbox) : SecretsInFaultsSpecs(sandbox)
{
    [Theory]
    [InlineData(403, """{"errorCode":320004,"errorMsg":"No valid scope found for this invocation"}""", "application/json")]
    [InlineData(415, """{"errorCode":120004,"errorMsg":"HTTP 415 Unsupported Media Type"}""", "application/json")]
    [InlineData(500, """{"errorCode":120000,"errorMsg":"A generic error occurred."}""", "application/json")]
    [InlineData(200, "<!DOCTYPE html><html><body>Sign in</body></html>", "text/html")]
    public async Task Answers_at_fault(int status, string body, string type)
    {
        User.Sandbox.Server.Faults.FailNext(1000, status, body, type);

        await AssertNoneRevealsSecretsAsync(User, [.. s_ofRest, Init(User.Sandbox.Server.BaseAddress.Port)]);
    }

    [Fact]
    public async Task An_answer_that_shows_the_key_it_was_sent()
    {
        var key = File.ReadAllText(Path.Combine(User.Folder, "cert/apiKeyFile")).Trim();
        User.Sandbox.Server.Faults.FailNext(1000, 401, $$"""{"errorCode":200003,"errorMsg":"No key {{key}}","usrMsg":"ApiKey {{key}}"}""", "application/json");

        await AssertNoneRevealsSecretsAsync(User, [.. s_ofRest, Init(User.Sandbox.Server.BaseAddress.Port)]);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("cut")]
    [InlineData("Kafka")]
    public async Task A_REST_server_at_fault(string fault)
    {
        await using var server = FaultyServer.Silent();
        if (fault == "cut")
        {
            User.Sandbox.Server.Faults.CutNext(1000);
        }

        var port = fault switch
        {
            "cut" => User.Sandbox.Server.BaseAddress.Port,
            "Kafka" => int.Parse(User.Sandbox.Kafka.Brokers[0].Split(':')[1], null),
            _ => server.Port,
        };

        await AssertNoneRevealsSecretsAsync(User, s_all is null ? s_ofRest : [.. s_ofRest, Init(port)], ("HOPS__PORT", $"{port}"));
    }

    [Fact]
    public async Task A_key_without_its_scopes()
    {
        var key = User.Sandbox.State.ApiKeys.Create(User.Sandbox.Key.User, ApiScope.Project).Token.Reveal();

        await AssertNoneRevealsSecretsAsync(User, s_ofRest, ("API__KEY", key));
    }
}
