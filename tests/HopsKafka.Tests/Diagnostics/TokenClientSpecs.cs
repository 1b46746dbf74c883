using System.Buffers.Text;
using System.Text;
using HopsKafka.Diagnostics;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.TestKit;
using HopsKafka.Tests.Configuration;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.Diagnostics;

/// <summary>What the doctor requests from a token server for OAUTHBEARER, and how it explains that there is no token.</summary>
public sealed class TokenClientSpecs : IDisposable
{
    private const string Claims = """{"iss":"https://login.example.com/","aud":["kafka","other"],"sub":"alice","exp":4102444800}""";

    private readonly TestConfig _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_request_is_that_of_librdkafka()
    {
        await using var server = new ScriptedServer(Issue(Claims));

        var token = await Client(Url(server), "sasl.oauthbearer.scope = 'read write'").RequestAsync(TestContext.Current.CancellationToken);

        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST /token HTTP/1.1", "grant_type=client_credentials&scope=read write"), (request.Line, request.Body));
        Assert.Equal("Basic " + Convert.ToBase64String("sensors:hunter2"u8), request.Headers["Authorization"]);
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.Equal((Token(Claims), """issuer https://login.example.com/, audience ["kafka","other"]"""), (token.Value.Reveal(), token.Origin));
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client","error_description":"Wrong secret."}""", "refuses a token: invalid_client (Wrong secret).", "Correct sasl.oauthbearer.client.id")]
    [InlineData(403, "<html>", "refuses a token: status 403.", "Correct sasl.oauthbearer.client.id and")]
    [InlineData(400, """{"error":"invalid_scope"}""", "refuses a token: invalid_scope.", "Correct sasl.oauthbearer.scope in [kafka.properties].")]
    [InlineData(400, """{"error":"unsupported_grant_type"}""", "refuses a token: unsupported_grant_type.", "to an endpoint that grants tokens for client credentials")]
    [InlineData(404, "[]", "refuses a token: status 404.", "to an endpoint that grants tokens for client credentials")]
    [InlineData(302, "", "refuses a token: status 302.", "to an endpoint that grants tokens for client credentials")]
    [InlineData(200, "{}", "has no access token.", "Set sasl.oauthbearer.token.endpoint.url to the token endpoint")]
    [InlineData(200, """{"access_token":"opaque"}""", "it is not a JSON web token.", "JSON web tokens with the claims exp and sub")]
    [InlineData(200, """{"access_token":"e30.e30.x"}""", "it has no claim exp.", "JSON web tokens with the claims exp and sub")]
    [InlineData(200, """{"access_token":"e30.eyJleHAiOjQxMDI0NDQ4MDB9.x"}""", "it has no claim sub.", "sasl.oauthbearer.sub.claim.name")]
    [InlineData(200, """{"access_token":"e30.eyJleHAiOjEsInN1YiI6ImEifQ.x"}""", "it has expired", "JSON web tokens")]
    public async Task What_is_no_token_is_named_with_its_remedy(int status, string body, string message, string remedy)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(status, body));

        var fault = await FaultAsync(Client(Url(server)));

        Assert.Equal(ConnectionFault.TokenNotIssued, fault.Fault);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"http://127.0.0.1:{server.Port}/token", fault.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_used_is_no_fault_of_the_broker()
    {
        using var certificates = SandboxCertificates.Create("tokens");
        await using var server = new ScriptedServer(certificates.Server, ScriptedResponse.Json(200, "{}"));
        var (url, closed) = ($"https://localhost:{server.Port}/token", FreePort.Choose());

        var untrusted = await FaultAsync(Client(url));
        var refused = await FaultAsync(Client($"https://localhost:{closed}/token"));
        var missing = await FaultAsync(Client(url, "https.ca.location = '/nowhere/ca.pem'"));
        var plain = await FaultAsync(Client($"http://127.0.0.1:{closed}/token"));
        var none = await FaultAsync(Client("login.example.com"));

        Assert.All([untrusted, refused, missing, plain, none], fault => Assert.Equal(ConnectionFault.TokenNotIssued, fault.Fault));
        Assert.Contains($"The certificate of the token server localhost:{server.Port}", untrusted.Message, StringComparison.Ordinal);
        Assert.Contains("Set [kafka.properties] https.ca.location to a PEM file", untrusted.Remedy, StringComparison.Ordinal);
        Assert.Contains($"Nothing listens at localhost:{closed}, where the token server should be", refused.Message, StringComparison.Ordinal);
        Assert.Contains("The CA file /nowhere/ca.pem of the token server cannot be read: ", missing.Message, StringComparison.Ordinal);
        Assert.Contains("/token cannot be used: ", plain.Message, StringComparison.Ordinal);
        Assert.Contains("is not a URL of HTTP.", none.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sasl.oauthbearer.grant.type = 'urn:ietf:params:oauth:grant-type:jwt-bearer'")]
    [InlineData("sasl.oauthbearer.metadata.authentication.type = 'azure_imds'")]
    [InlineData("https.ca.location = '/'")]
    public void Tokens_that_only_librdkafka_gets_are_not_requested(string property) =>
        Assert.Null(TokenClient.Of(_bench.Load(Config("https://localhost/token", property))));

    private static string Config(string url, string more) => $"""
        [hops]
        url = 'localhost'
        [project]
        id = 1
        [api]
        key_file = 'key'
        [kafka]
        topic = 't'
        schema = 's'
        port = 9092
        security_protocol = 'sasl_ssl'
        sasl_mechanism = 'OAUTHBEARER'
        [kafka.properties]
        sasl.oauthbearer.method = 'oidc'
        sasl.oauthbearer.token.endpoint.url = '{url}'
        sasl.oauthbearer.client.id = 'sensors'
        sasl.oauthbearer.client.secret = 'hunter2'
        {more}

        """;

    private static string Url(ScriptedServer server) => $"http://127.0.0.1:{server.Port}/token";

    private static string Token(string claims) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.x";

    private static ScriptedResponse Issue(string claims) => ScriptedResponse.Json(200, $$"""{"access_token":"{{Token(claims)}}"}""");

    private static async Task<ConnectionFaultException> FaultAsync(TokenClient client) =>
        await Assert.ThrowsAsync<ConnectionFaultException>(() => client.RequestAsync(TestContext.Current.CancellationToken));

    private TokenClient Client(string url, string more = "") => TokenClient.Of(_bench.Load(Config(url, more)))!;
}
