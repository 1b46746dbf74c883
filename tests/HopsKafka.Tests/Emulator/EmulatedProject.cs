using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HopsKafka.Hopsworks;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.SchemaRegistry;
using RegisteredSchema = Confluent.SchemaRegistry.RegisteredSchema;
using SchemaType = Confluent.SchemaRegistry.SchemaType;

namespace HopsKafka.Tests.Emulator;

/// <summary>A project of the embedded Hopsworks, its data owner, and clients of its registry.</summary>
public sealed class EmulatedProject
{
    public const string KeySource = "the key file /cert/apiKeyFile";

    private readonly EmulatedReleases _releases;

    internal EmulatedProject(EmulatedReleases releases, HopsworksServer server, string name)
    {
        _releases = releases;
        Server = server;
        Project = releases.State.AddProject(name);
        Project.SetMember(Owner, ProjectRole.DataOwner);
        Key = releases.State.ApiKeys.Create(Owner, ApiScope.Kafka);
    }

    internal HopsworksServer Server { get; }

    internal HopsworksState State => _releases.State;

    internal HopsworksProject Project { get; }

    internal HopsworksUser Owner { get; } = new("meb10000", "meb@example.org");

    internal ApiKey Key { get; set; }

    public Uri Registry => new(Server.BaseAddress, $"hopsworks-api/api/project/{Project.Id}/kafka");

    /// <summary>Options for the owner's client: trust in the sandbox's CA only, waits of milliseconds.</summary>
    internal HopsworksClientOptions Options() => new(Registry, _releases.Trust, () => Key.Token)
    {
        KeySource = KeySource,
        RetryWait = TimeSpan.FromMilliseconds(1),
    };

    internal RegistryApi Client() => new(Options());

    /// <summary>The client of Confluent's serdes.</summary>
    public HopsworksSchemaRegistryClient CachingClient() => new(Options());

    /// <summary>Registers beside the REST API.</summary>
    public RegisteredSchema Register(string subject, string schema)
    {
        var made = State.Schemas.Register(Project.Id, subject, schema)!;
        return new RegisteredSchema(made.Subject, made.Version, made.Id, made.SchemaString, SchemaType.Avro, []);
    }

    /// <summary>Sends a body with this Content-Type, as another client would; gives the status.</summary>
    public async Task<int> SendAsync(HttpMethod method, string path, string body, string contentType)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(_releases.Trust.CaFile!);
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(method, $"{Registry}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("ApiKey", Key.Token.Reveal());
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
