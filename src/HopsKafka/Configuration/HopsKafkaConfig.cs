using System.Globalization;
using HopsKafka.Common;
using HopsKafka.Sensors;

namespace HopsKafka.Configuration;

/// <summary>
/// Everything that config.toml and the environment say, checked and with defaults filled in. Made once, at the edge, by
/// <see cref="ConfigLoader"/>; nothing reads TOML or the environment after that.
/// </summary>
/// <param name="File">Path of the file as the user gave it, for messages.</param>
/// <param name="Project">The project's name, id and certificates.</param>
/// <param name="Kafka">Topic, schema, brokers and librdkafka properties.</param>
/// <param name="Sensors">The emulated sensors: those of <c>[[sensor]]</c>, or the tutorial's eight.</param>
internal sealed record HopsKafkaConfig(
    string File,
    HopsOptions Hops,
    ProjectOptions Project,
    KafkaOptions Kafka,
    ApiOptions Api,
    IReadOnlyList<SensorShape> Sensors)
{
    private const string LingerMs = "linger.ms";

    /// <summary>The same for what belongs to the own project, such as its topics, whoever owns the schemas.</summary>
    public HopsKafkaConfig ForOwnProject() => this with { Kafka = Kafka with { RegistryProject = null } };

    /// <summary>The same for another topic.</summary>
    /// <param name="topic">The topic; null for that of the file.</param>
    public HopsKafkaConfig WithTopic(string? topic) => topic is null ? this : this with { Kafka = Kafka with { Topic = topic } };

    /// <summary>The same for other brokers.</summary>
    /// <param name="brokers">The brokers; empty for those of the file.</param>
    public HopsKafkaConfig WithBrokers(IReadOnlyList<string> brokers) => brokers.Count == 0 ? this : this with { Kafka = Kafka with { BootstrapServers = brokers } };

    /// <summary>The same with another default of the producer's <c>linger.ms</c>.</summary>
    public HopsKafkaConfig WithLinger(TimeSpan linger) => Kafka.Producer.ContainsKey(LingerMs)
        ? this
        : this with { Kafka = Kafka with { Producer = new Dictionary<string, string>(Kafka.Producer) { [LingerMs] = Milliseconds(linger) } } };

    /// <summary>What messages call the settings.</summary>
    public SettingNames Names => Api.Names;

    /// <summary>What to warn of when the server's certificate is not checked; null when it is.</summary>
    public string? UncheckedServer => Hops.FindUnchecked(Names);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
}
