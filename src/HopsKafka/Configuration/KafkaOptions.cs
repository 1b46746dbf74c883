using System.Globalization;
using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>Table <c>[kafka]</c> and the tables below it.</summary>
/// <remarks>
/// A producer takes <paramref name="Properties"/> and then <paramref name="Producer"/>, a consumer <paramref name="Properties"/>
/// and then <paramref name="Consumer"/>: the later wins. Names are librdkafka's, spelt with dots; of aliases, the one that
/// Confluent.Kafka's configuration classes use stands for all (<c>acks</c>, <c>linger.ms</c>, <c>max.in.flight</c>). Values are
/// checked by librdkafka; truth values are <c>true</c> or <c>false</c>.
/// </remarks>
/// <param name="Topic">The topic to produce to and consume from.</param>
/// <param name="Schema">The subject of the schema registry: the full name of the record.</param>
/// <param name="BootstrapServers">Brokers to start from, each <c>host:port</c>; from <c>bootstrap_servers</c>, or
/// <c>url</c> of <c>[hops]</c> with <c>port</c> of <c>[kafka]</c>.</param>
/// <param name="SchemaFile">Absolute path of the local Avro schema; null for the tutorial's nested form.</param>
/// <param name="Properties">librdkafka properties of <c>[kafka.properties]</c>, that both kinds
/// of client have. Those that only one kind has are moved to it.</param>
/// <param name="Producer">librdkafka properties of <c>[kafka.producer]</c>, and those of
/// <c>[kafka.properties]</c> that only producers have.</param>
/// <param name="Consumer">librdkafka properties of <c>[kafka.consumer]</c>, among them <c>group.id</c> and
/// <c>auto.offset.reset</c>, and those of <c>[kafka.properties]</c> that only consumers have.</param>
internal sealed record KafkaOptions(
    string Topic,
    string Schema,
    IReadOnlyList<string> BootstrapServers,
    string? SchemaFile,
    IReadOnlyDictionary<string, string> Properties,
    IReadOnlyDictionary<string, string> Producer,
    IReadOnlyDictionary<string, string> Consumer)
{
    /// <summary>
    /// Id of the project whose schema registry is used: the owner's, for a topic that another project shares. Schema ids are
    /// known only there. Null for the project of <c>[project]</c>.
    /// </summary>
    public int? RegistryProject { get; init; }

    /// <summary>How clients identify themselves to the brokers.</summary>
    public SecurityOptions Security { get; init; } = SecurityOptions.MutualTls;

    /// <summary>The consumer group of the file; null when it names none.</summary>
    public string? GroupId => Consumer.GetValueOrDefault("group.id");

    // Some properties are passwords.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Topic = {Topic}, Schema = {Schema}, SchemaFile = {SchemaFile}");
        builder.Append(CultureInfo.InvariantCulture, $", RegistryProject = {RegistryProject}, Security = {Security}");
        builder.Append(CultureInfo.InvariantCulture, $", BootstrapServers = {string.Join(',', BootstrapServers)}");
        builder.Append(CultureInfo.InvariantCulture, $", Properties = {Masked(Properties)}");
        builder.Append(CultureInfo.InvariantCulture, $", Producer = {Masked(Producer)}, Consumer = {Masked(Consumer)}");
        return true;
    }

    private static string Masked(IReadOnlyDictionary<string, string> properties) => string.Join(
        ' ', properties.Select(p => $"{p.Key}={(PropertyNames.IsSecret(p.Key) ? Secret.Mask : p.Value)}"));
}
