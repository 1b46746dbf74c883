using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Tests.Sandbox.Rest;

/// <summary>A real server on loopback with one user, one project and one key, and a client that trusts its certificate.</summary>
internal sealed class RestTestServer : IAsyncDisposable
{
    /// <summary>The tutorial's page: logicalType beside the field's type.</summary>
    public const string FieldLevelLogicalType =
        """{ "type": "record", "name": "sensor", "fields": [ {"name": "timestamp", "type": "long", "logicalType": "timestamp-millis"}, {"name": "id", "type": "string"}, {"name": "value", "type": "double"} ] }""";

    /// <summary>The tutorial's scripts: logicalType inside the type.</summary>
    public const string NestedLogicalType =
        """{ "type": "record", "name": "sensor", "fields": [ {"name": "timestamp", "type": {"type": "long", "logicalType": "timestamp-millis"}}, {"name": "id", "type": "string"}, {"name": "value", "type": "double"} ] }""";

    private static readonly X509Certificate2 Certificate = SelfSigned();

    private HttpClient _client = null!;

    public HopsworksState State { get; } = new();

    public RecordingKafka Kafka { get; } = new();

    public HopsworksUser User { get; } = new("meb10000", "meb@example.org");

    public HopsworksProject Project { get; private set; } = null!;

    public ApiKey Key { get; set; } = null!;

    public HopsworksServer Server { get; private set; } = null!;

    /// <summary>The requests that the server reported. It reports each after its response: wait for those to come.</summary>
    public BlockingCollection<HandledRequest> Requests { get; } = [];

    public string Registry => $"hopsworks-api/api/project/{Project.Id}/kafka/";

    public static SslStreamCertificateContext ServerCertificate => SslStreamCertificateContext.Create(Certificate, null, offline: true);

    public static async Task<RestTestServer> StartAsync(string compat = "2.5")
    {
        var rest = new RestTestServer();
        rest.Project = rest.State.AddProject("demo");
        rest.Project.SetMember(rest.User, ProjectRole.DataOwner);
        rest.Key = rest.State.ApiKeys.Create(rest.User, ApiScope.Kafka, ApiScope.Project);
        rest.Server = await HopsworksServer.StartAsync(
            rest.State, rest.Kafka, ServerCertificate, 0, ServerQuirks.Of(Version.Parse(compat)), rest.Requests.Add);
        var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate!.Thumbprint == Certificate.Thumbprint,
        };
        rest._client = new HttpClient(handler) { BaseAddress = rest.Server.BaseAddress };
        return rest;
    }

    /// <summary>Calls the registry of the project with the key.</summary>
    public Task<Reply> KafkaAsync(string method, string path, object? body = null, string? contentType = "application/json") =>
        SendAsync(method, Registry + path, body, contentType: contentType);

    public Task<Reply> GetAsync(string path) => KafkaAsync("GET", path);

    public Task<Reply> RegisterAsync(string subject, string schema) =>
        KafkaAsync("POST", $"subjects/{subject}/versions", new { schema });

    public Task<Reply> CreateTopicAsync(string name, int partitions = 2, int replicas = 1, string? schemaName = "inferenceschema") =>
        KafkaAsync("POST", "topics", new { name, numOfPartitions = partitions, numOfReplicas = replicas, schemaName, schemaVersion = 1 });

    /// <summary>Sends a request as it is given: a text body goes out verbatim, another one as JSON.</summary>
    public async Task<Reply> SendAsync(
        string method, string path, object? body = null, string? contentType = null, string? accept = null, string? authorization = "key")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation(
                "Authorization", authorization == "key" ? $"ApiKey {Key.Token.Reveal()}" : authorization);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body));
            request.Content.Headers.Remove("Content-Type");
        }

        if (contentType is not null && request.Content is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return await ReadAsync(await _client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>A GET that carries a Content-Type but no body, as some clients send it.</summary>
    public async Task<Reply> GetWithTypeAsync(string path, string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"ApiKey {Key.Token.Reveal()}");
        request.Content = new ByteArrayContent([]);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await ReadAsync(await _client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }

    private static async Task<Reply> ReadAsync(HttpResponseMessage message) => new(
        (int)message.StatusCode,
        message.Content.Headers.ContentType?.MediaType,
        await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        message);

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null); // Windows wants a stored key
    }
}
