using System.Text;
using Confluent.SchemaRegistry;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;
using HopsKafka.Tests.Fuzzing.Mutation;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>
/// Answers of the registry and of Hopsworks' API, status line and headers included, to every call: over HTTP, over HTTPS, and by a server
/// that has no TLS where it should. The first byte is the call, the rest what the server sends.
/// </summary>
internal sealed class RegistryTarget : FuzzTarget
{
    // As the tools' own: what is before the dot is no secret.
    private const string Key = $"Prefix1234567890.{Secret}";

    private static readonly (string Call, string Body)[] s_calls =
    [
        ("id", """{"subject":"sensor","version":1,"id":7,"schema":"\"int\""}"""), ("schema", """{"schema":"\"int\""}"""), ("version", """{"subject":"s","version":2,"id":7,"schema":"{}"}"""),
        ("latest", """{"subject":"sensor","version":1,"id":7,"schema":"\"int\""}"""), ("subjects", "[sensor, other]"), ("versions", "[1, 2]"), ("register", """{"id":7,"version":3}"""), ("delete", "[1,2]"),
        ("compatible", """{"is_compatible":true}"""), ("level", """{"compatibilityLevel":"BACKWARD"}"""), ("set level", """{"compatibility":"FULL"}"""),
        ("topics", """{"items":[{"name":"t","numOfPartitions":2,"numOfReplicas":1,"schemaName":"s","schemaVersion":1,"shared":false},{"name":"x"}],"count":2}"""),
        ("topic", """{"items":[{"name":"other"}]}"""), ("partitions", """{"items":[{"id":0,"leader":"1","replicas":["1"],"inSyncReplicas":["1"]}]}"""), ("brokers", """{"brokers":["EXTERNAL://a:9092"]}"""),
        ("create", ""), ("drop", ""), ("project", """{"projectId":119,"projectName":"p"}"""),
        ("credentials", $$"""{"kStore":"{{Convert.ToBase64String(SampleFile.Bytes("key.jks"))}}","tStore":"{{Convert.ToBase64String(SampleFile.Bytes("trust.jks"))}}","password":"{{Secret}}"}"""),
        ("project topics", """{"items":[{"name":"t","schemaName":"s","shared":true}]}"""), ("project brokers", """{"brokers":["INTERNAL://a:9092","b:1"],"featurestoreId":5,"bootstrapServers":"c:1,d:2"}"""),
    ];

    private const int WithoutTls = 21;

    private static readonly string[] s_refusals =
    [
        """{"errorCode":150004,"errorMsg":"No such project","usrMsg":"x"}""", """{"error_code":40403,"message":"Schema not found"}""", "<!doctype html><html></html>", "", "no JSON",
        $$"""{"errorMsg":"{{Key}} is unknown","usrMsg":"Authorization: ApiKey {{Key}}"}""", $"ApiKey {Key}",
    ];

    private static readonly string[] s_heads =
    [
        "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 401 Unauthorized", "HTTP/1.1 500 Oops", "HTTP/1.1 503 Later\r\nRetry-After: 99999999", "HTTP/1.1 429 Slow\r\nRetry-After: Fri, 31 Dec 9999 23:59:59 GMT",
        "HTTP/1.1 302 Found\r\nLocation: https://x/y?z", $"HTTP/1.1 302 Found\r\nLocation: /{Key}?k={Key}", "HTTP/1.1 301 Moved\r\nLocation: mailto:a@b", "HTTP/1.0 200 OK", "HTTP/1.1 204 No Content", "HTTP/1.1 100 Continue",
    ];

    private readonly TestCertificates _authority = new();
    private readonly FuzzServer _plain = new(null);
    private readonly FuzzServer _tls;
    private readonly RegistryApi _registry;
    private readonly TopicClient _topics;
    private readonly ProjectClient _hopsworks;
    private readonly RegistryApi _withoutTls;
    private readonly JsonMutator _mutator = new(
        [.. s_calls.Select(c => c.Body), .. s_refusals], "200", "302", "401", "503", "99999", "-1", "Content-Length: 5", "\r\nTransfer-Encoding: chunked", "\r\nContent-Encoding: gzip", "\r\nContent-Type: text/plain; charset=utf-16",
        "\r\nContent-Type: text/html", "\r\nContent-Type: =", "\r\nLocation: http://[::1", "\r\nLocation: //", "\r\nLocation: :", "\r\nLocation: urn:x", "\r\nLocation: file:///etc", "\r\nRetry-After: -1",
        "\r\nRetry-After: 1e9", "\r\nSet-Cookie: a", "\"items\":null", "\"items\":[null]", "\"brokers\":[null]", "\"brokers\":null", "\"id\":1e3", "\"id\":\"7\"", "\"errorCode\":1e999", "[null]", "[\"\\ud800\"]", $"\"{Key}\"", Secret);

    public RegistryTarget()
        : base("registry")
    {
        _tls = new FuzzServer(_authority.Server("127.0.0.1"));
        var options = new HopsworksClientOptions(new Uri($"http://127.0.0.1:{_plain.Port}/api/project/119/kafka"), ServerTrust.System, () => new Secret(Key))
        {
            MaxAttempts = 2, RetryWait = TimeSpan.FromMilliseconds(1), RetryMaxWait = TimeSpan.FromMilliseconds(1), RequestTimeout = TimeSpan.FromSeconds(8),
        };
        _registry = new RegistryApi(options);
        _topics = new TopicClient(options);
        _withoutTls = new RegistryApi(options with { BaseAddress = new Uri($"https://127.0.0.1:{_plain.Port}/api/project/119/kafka"), Trust = ServerTrust.Any, MaxAttempts = 1 });
        _hopsworks = new ProjectClient(options with { BaseAddress = new Uri($"https://127.0.0.1:{_tls.Port}/api"), Trust = ServerTrust.Any });
    }

    public override bool WorksElsewhere => true;

    public override IReadOnlyList<byte[]> Samples { get; } = [.. s_calls.Select((c, i) => Answer(i, "HTTP/1.1 200 OK", c.Body))];

    public override IEnumerable<string> SecretsOf(byte[] input) => [Secret];

    public override string Run(byte[] input)
    {
        _plain.Answer = _tls.Answer = input[1..];
        return Capture(() => CallAsync(input[0]).GetAwaiter().GetResult());
    }

    public override void Dispose()
    {
        Array.ForEach<IDisposable>([_registry, _topics, _withoutTls, _hopsworks, _plain, _tls, _authority], d => d.Dispose());
        base.Dispose();
    }

    protected override byte[] Make(Random random)
    {
        // The dear ones, which take a handshake, are rarer.
        var call = random.Next(5) > 0 ? random.Next(17) : random.Next(17, WithoutTls + 1);
        var own = Math.Min(call, s_calls.Length - 1);
        var body = random.Next(4) == 0 ? _mutator.Mutate(random, random.Next(s_calls.Length + s_refusals.Length)) : _mutator.Mutate(random, own);
        var answer = Answer(call, random.Next(2) == 0 ? s_heads[0] : s_heads[random.Next(s_heads.Length)], random.Next(8) == 0 ? s_calls[own].Body : body);
        return random.Next(3) > 0 ? answer : [(byte)call, .. ByteMutator.Mutate(random, answer[1..], Samples)];
    }

    private static byte[] Answer(int call, string head, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return [(byte)call, .. Encoding.UTF8.GetBytes($"{head}\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"), .. bytes];
    }

    private Task CallAsync(int call)
    {
        var schema = "\"int\"";
        return call switch
        {
            0 => _registry.GetSchemaIdAsync("sensor", schema),
            1 => _registry.GetSchemaAsync(7),
            2 => _registry.GetRegisteredSchemaAsync("sensor", 2),
            3 => _registry.GetLatestSchemaAsync("sensor"),
            4 => _registry.GetAllSubjectsAsync(),
            5 => _registry.GetSubjectVersionsAsync("sensor"),
            6 => _registry.RegisterSchemaAsync("sensor", schema),
            7 => _registry.DeleteSubjectAsync("sensor"),
            8 => _registry.IsCompatibleAsync("sensor", schema),
            9 => _registry.GetCompatibilityAsync("sensor"),
            10 => _registry.UpdateCompatibilityAsync(Compatibility.Full),
            11 => _topics.GetTopicsAsync(),
            12 => _topics.FindTopicAsync("t"),
            13 => _topics.GetPartitionsAsync("t"),
            14 => _topics.GetBrokersAsync(),
            15 => _topics.CreateTopicAsync(new TopicInfo("t", 1, 1, "s", 1, false)),
            16 => _topics.DeleteTopicAsync("t"),
            17 => _hopsworks.GetProjectIdAsync("p"),
            18 => _hopsworks.GetCertificatesAsync(119),
            19 => _hopsworks.GetTopicsAsync(119),
            20 => _hopsworks.GetBrokersAsync(119, "p"),
            _ => _withoutTls.GetSchemaAsync(7),
        };
    }
}
