using System.Text;
using HopsKafka.Configuration;
using HopsKafka.Tests.Configuration;
using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>Variables HOPSKAFKA_… over a sound file: one on each line, <c>name=value</c>, with NUL for a line's end in a value.</summary>
internal sealed class EnvironmentTarget : FuzzTarget
{
    private static readonly string[] s_samples =
    [
        "HOPSKAFKA_HOPS__URL=localhost\nHOPSKAFKA_HOPS__PORT=8181\nHOPSKAFKA_HOPS__VERIFY=false\nHOPSKAFKA_PROJECT__ID=7",
        "HOPSKAFKA_KAFKA__TOPIC=x\nHOPSKAFKA_KAFKA__PORT=9092\nHOPSKAFKA_KAFKA__CONSUMER__GROUP_ID=g\nhopskafka_kafka__producer__linger_ms=5",
        "HOPSKAFKA_SENSOR__0__ID=a\nHOPSKAFKA_SENSOR__0__BASELINE=1.5\nHOPSKAFKA_SENSOR__1__ID=b\nHOPSKAFKA_SENSOR__1__PERIOD=10",
        $"HOPSKAFKA_PROJECT__KEY_PASSWORD={Secret}\nHOPSKAFKA_KAFKA__BOOTSTRAP_SERVERS=a:9092,b:9093\nHOPSKAFKA_API__BASE=/api",
    ];

    private readonly TextMutator _mutator = new(
        s_samples, "__", "_", "HOPSKAFKA_", "HOPSKAFKA_SENSOR__", "\nHOPSKAFKA_SENSOR__9__ID=z\n", "\nHOPSKAFKA_KAFKA__CONSUMER__=1\n", "\nHOPSKAFKA_=1\n", "\nHOPSKAFKA=1\n",
        "\nHOPSKAFKA_KAFKA__CLIENT__A__B=1\n", "\nHOPSKAFKA_KAFKA__CONSUMER__SECURITY_PROTOCOL=x\n", "\nHOPSKAFKA_API__KEY_FILE=\0\n", "\nHOPSKAFKA_HOPS__VERIFY=x\n",
        "\nHOPSKAFKA_KAFKA__CONSUMER=1\n", "\nHOPSKAFKA_SENSOR__0__KIND=x\n", "4294967296", "😀", "http://[::1", "a:b:c", ":", "/");

    public EnvironmentTarget()
        : base("environment") => Folder.Write("config.toml", TestConfig.Smallest);

    public override IReadOnlyList<byte[]> Samples { get; } = [.. s_samples.Select(Encoding.UTF8.GetBytes)];

    public override string Run(byte[] input) =>
        Capture(() => ConfigLoader.Load(Folder.File("config.toml"), Variables(input).ToDictionary()));

    // Only where it is still the whole value of its variable.
    public override IEnumerable<string> SecretsOf(byte[] input) =>
        Variables(input).All(v => v.Value == Secret ? v.Key == "HOPSKAFKA_PROJECT__KEY_PASSWORD" : !$"{v}".Contains(Secret, StringComparison.Ordinal)) ? [Secret] : [];

    protected override byte[] Make(Random random) => _mutator.Make(random);

    private static IEnumerable<KeyValuePair<string, string>> Variables(byte[] input) => Encoding.UTF8.GetString(input)
        .Split('\n').Select(line => line.Replace('\0', '\n').Split('=', 2)).Where(v => v is [{ Length: > 0 }, _])
        .Select(v => KeyValuePair.Create(v[0], v[1])).DistinctBy(v => v.Key);
}
