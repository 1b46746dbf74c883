using System.Text;
using HopsKafka.Configuration;
using HopsKafka.Tests.Configuration;
using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>config.toml, read from a file.</summary>
internal sealed class TomlTarget : FuzzTarget
{
    private const string SecretLine = $"\nkey_password = '{Secret}'\n";

    private const string Full = $"""
        [hops]
        url = 'hops.example'
        port = 443
        verify = "ca.pem"
        [project]
        name = 'p'
        id = 119
        keystore = 'ks'
        truststore = "ts"{SecretLine}store_password_file = 'pw'
        key_alias = 'a'
        feature_store = 'f'
        [kafka]
        topic = 't'
        schema = 's'
        bootstrap_servers = ['a:9092', "b:9093"]
        [kafka.consumer]
        group_id = 'g'
        auto_offset_reset = 'earliest'
        "session.timeout.ms" = 6000
        [kafka.producer]
        linger.ms = 5
        acks = 'all'
        [api]
        base = '/hopsworks-api/api'
        key_file = 'key'
        [[sensor]]
        id = 'x'
        baseline = 1.5
        amplitude = 2
        period = 60
        noise = 1e-3
        [[sensor]]
        id = 'y'

        """;

    private static readonly string[] s_samples = [TestConfig.Smallest, Full, TestConfig.Smallest + "[kafka.client]\na = { b = [1, 2.5], c = true }\n"];

    private readonly TextMutator _mutator = new(
        s_samples, "[[", "]]", "[kafka]", "[kafka.consumer]", "[[sensor]]", "[sensor]", "[[kafka]]", "[[kafka.consumer]]", "sensor", "kafka", "kafka.consumer.x", "\"\"", "a.b.c",
        "\"\"\"\n", "'''\n", "{ a = 1, b = { c = [] } }", "[{}, 1]", "[{}]", "[[], [1]]", SecretLine, "bootstrap_servers", "\"\\U0010FFFF\"", "\"\\uD800\"");

    public TomlTarget()
        : base("toml")
    {
    }

    // The last sample shows how tables inside properties are refused, so it is none of the sound ones.
    public override IReadOnlyList<byte[]> Samples { get; } = [.. s_samples.Take(2).Select(Encoding.UTF8.GetBytes)];

    public override string Run(byte[] input)
    {
        File.WriteAllBytes(Folder.File("config.toml"), input);
        return Capture(() => ConfigLoader.Load(Folder.File("config.toml"), new Dictionary<string, string>()));
    }

    // Only where it still stands at its key: elsewhere nobody knows that it is one.
    public override IEnumerable<string> SecretsOf(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        return text.Split(Secret).Length == text.Split(SecretLine).Length ? [Secret] : [];
    }

    protected override byte[] Make(Random random) => _mutator.Make(random);
}
