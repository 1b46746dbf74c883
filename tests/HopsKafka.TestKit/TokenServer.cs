using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HopsKafka.Sandbox.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HopsKafka.TestKit;

/// <summary>An identity provider on loopback: tokens for client credentials, over TLS by a CA of its own, and the keys by which brokers check them.</summary>
public sealed class TokenServer : IAsyncDisposable
{
    public const string Issuer = "https://login.example.com/";
    public const string Audience = "kafka";

    /// <summary>A client whose tokens brokers accept.</summary>
    public const string Client = "sensors";

    /// <summary>A client whose tokens name another issuer.</summary>
    public const string Foreign = "foreign";

    /// <summary>The scope of all tokens.</summary>
    public const string Scope = "write";

    private const string KeyId = "key-1";

    private readonly RSA _key = RSA.Create(2048);
    private readonly SandboxCertificates _certificates = SandboxCertificates.Create("tokens");
    private readonly string _subject;
    private readonly WebApplication _web;

    private TokenServer(string subject)
    {
        _subject = subject;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
            {
                https.ServerCertificate = _certificates.Server;
                https.ServerCertificateChain = [_certificates.Intermediate];
            }));
        });
        _web = builder.Build();
        _web.Run(AnswerAsync);
    }

    /// <summary>The secret of all clients.</summary>
    public string Secret { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Where clients get tokens.</summary>
    public Uri Tokens => new(_web.Urls.Single(url => url.StartsWith("https:", StringComparison.Ordinal)).Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/token");

    /// <summary>Where brokers get the keys.</summary>
    public Uri Keys => new(_web.Urls.Single(url => url.StartsWith("http:", StringComparison.Ordinal)) + "/keys");

    /// <summary>PEM of the CA of <see cref="Tokens"/>.</summary>
    public string CaPem => _certificates.CaPem;

    /// <summary>Starts a server.</summary>
    /// <param name="subject">The principal of its tokens.</param>
    public static async Task<TokenServer> StartAsync(string subject)
    {
        var server = new TokenServer(subject);
        await server._web.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _certificates.Dispose();
        _key.Dispose();
    }

    private static string Encoded(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private Task AnswerAsync(HttpContext context) => context.Request.Path == "/keys" ? WriteAsync(context, 200, PublicKeys()) : IssueAsync(context);

    private async Task IssueAsync(HttpContext context)
    {
        var login = Encoding.UTF8.GetString(Convert.FromBase64String(context.Request.Headers.Authorization.ToString().Split(' ')[^1])).Split(':');
        var form = await context.Request.ReadFormAsync();
        var (status, answer) = (form["grant_type"].ToString(), form["scope"].ToString(), login) switch
        {
            ("client_credentials", Scope, [Client or Foreign, var secret]) when secret == Secret => (200, new JsonObject { ["access_token"] = Token(login[0]) }),
            ("client_credentials", Scope, _) => (401, new JsonObject { ["error"] = "invalid_client", ["error_description"] = "Wrong secret" }),
            ("client_credentials", _, _) => (400, new JsonObject { ["error"] = "invalid_scope" }),
            _ => (400, new JsonObject { ["error"] = "unsupported_grant_type" }),
        };
        await WriteAsync(context, status, answer);
    }

    private string Token(string client)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = client == Foreign ? "https://other.example.com/" : Issuer, ["aud"] = Audience, ["sub"] = _subject, ["iat"] = now, ["exp"] = now + 3600,
        };
        var signed = $"{Encoded(new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId })}.{Encoded(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private JsonObject PublicKeys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = KeyId,
                ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent),
            }),
        };
    }

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
