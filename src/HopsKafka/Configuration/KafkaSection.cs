using System.Globalization;

namespace HopsKafka.Configuration;

/// <summary>Reads <c>[kafka]</c> and the tables below it.</summary>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class KafkaSection(TableReader reader, ConfigErrors problems)
{
    private const int HighestPort = 65535;
    private const string ServersExample = "'host:9092'";

    /// <summary>The table's settings.</summary>
    /// <param name="table">The table; null when there is none.</param>
    /// <param name="host">The Hopsworks host, the broker's host unless <c>bootstrap_servers</c> is set.</param>
    /// <param name="needsTopic">Whether the absence of a topic is a problem.</param>
    public KafkaOptions Read(ConfigTable? table, string host, bool needsTopic)
    {
        var (topic, schema) = new TopicSection(reader, problems).Read(needsTopic);
        var both = new PropertySection("properties", problems).Read(table?.Table("properties"));
        var producer = new PropertySection("producer", problems).Read(table?.Table("producer"));
        var consumer = new PropertySection("consumer", problems).Read(table?.Table("consumer"));
        Share(both, producer, PropertyScope.Producer);
        Share(both, consumer, PropertyScope.Consumer);
        CheckOrder(both, producer);
        var security = new SecuritySection(reader, both).Read();
        return new KafkaOptions(
            topic,
            schema,
            Servers(host),
            reader.OptionalFilePath("schema_file", "'sensor.avsc'"),
            Values(both.Where(p => p.Value.Scope == PropertyScope.Both)),
            Values(producer),
            Values(consumer))
        {
            RegistryProject = reader.Positive("registry_project", int.MaxValue, "1143"),
            Security = security,
        };
    }

    // Properties of only one kind of client are passed to it, unless its own table sets them.
    private static void Share(
        Dictionary<string, PropertySetting> shared, Dictionary<string, PropertySetting> own, PropertyScope scope)
    {
        foreach (var (name, setting) in shared.Where(p => p.Value.Scope == scope))
        {
            own.TryAdd(name, setting);
        }
    }

    private static Dictionary<string, string> Values(IEnumerable<KeyValuePair<string, PropertySetting>> properties) => properties
        .ToDictionary(p => p.Key, p => p.Value.Value);

    // What keeps a sensor's events in order when a request is sent again depends on two properties.
    private void CheckOrder(Dictionary<string, PropertySetting> both, Dictionary<string, PropertySetting> producer)
    {
        const string InFlight = "max.in.flight";
        var given = producer.TryGetValue(InFlight, out var own) ? own : both.GetValueOrDefault(InFlight);
        if (given is null)
        {
            return;
        }

        var idempotent = !producer.TryGetValue("enable.idempotence", out var idempotence) || idempotence.Value != "false";
        var highest = idempotent ? 5 : 1;
        if (!int.TryParse(given.Value, CultureInfo.InvariantCulture, out var inFlight) || inFlight > highest)
        {
            var when = idempotent ? "an idempotent producer" : "a producer with enable.idempotence = false";
            problems.Add(given.Node.Place, $"{given.Spelt} may be at most {highest} for {when}: "
                + "with more, a repeated request breaks the order of a sensor's events");
        }
    }

    private List<string> Servers(string host)
    {
        var node = reader.Find("bootstrap_servers");
        var port = reader.Positive("port", HighestPort, "9092");
        switch (node)
        {
            case null when reader.Find("port") is null:
                reader.Missing("port", "9092", "[kafka] has neither port nor bootstrap_servers");
                return [];
            case null:
                return [$"{host}:{port}"];
            case ConfigArray { Items: { Count: > 0 } items }:
                return [.. items.Select((item, i) => item is ConfigScalar { Value: string text } ? Server(text, i, item) : WrongItem(item))];
            case ConfigScalar { Value: string }:
                var all = reader.Text("bootstrap_servers", ServersExample);
                return all.Length == 0 ? [] : [.. all.Split(',').Select((server, i) => Server(server, i, node))];
            default:
                reader.Wrong(node, "bootstrap_servers", ServersExample);
                return [];
        }
    }

    private string WrongItem(ConfigNode item) => reader.Wrong(item, "bootstrap_servers", ServersExample);

    private string Server(string text, int index, ConfigNode node)
    {
        var server = text.Trim();
        var colon = server.LastIndexOf(':');
        var isPort = int.TryParse(server[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        if (colon > 0 && isPort && port is >= 1 and <= HighestPort && HostName.Normalize(server[..colon]) is { } host)
        {
            return $"{host}:{port}";
        }

        // What was given is not repeated: a URL may carry a password.
        problems.Add(node.Place, $"[kafka] bootstrap_servers: broker {index + 1} is not host:port; "
            + "write each broker as in 'host:9092', with commas between them");
        return "";
    }
}
