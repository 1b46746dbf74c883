using System.Text;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;

namespace HopsKafka.Tool.Init;

/// <summary>Writes a commented config.toml. It holds no secret but the password of a Kafka cluster that is not Hopsworks' own.</summary>
/// <param name="request">The validated command line.</param>
/// <param name="facts">The data returned by the server.</param>
internal sealed class ConfigText(InitRequest request, InitFacts facts)
{
    private readonly IReadOnlyList<TopicInfo> _choice =
        facts.Topic is null ? [.. facts.Topics.DistinctBy(t => t.Name).OrderBy(t => t.Name, StringComparer.Ordinal)] : [];

    private readonly OwnKafkaText _own = new(facts.Brokers.Own);

    /// <summary>The text.</summary>
    public string Write() =>
        $"""
        # Written by hops-kafka init. {_own.Secrets}
        # Relative paths start at this file's folder. Every key can come from the environment instead, which wins:
        # HOPSKAFKA_<TABLE>__<KEY>, for example HOPSKAFKA_API__KEY or HOPSKAFKA_KAFKA__CONSUMER__GROUP_ID.

        [hops]
        # Host and port of the REST API.
        url = {TomlText.Of(request.Hops.Url)}
        port = {request.Hops.Port}
        # How the server's certificate is checked: true (the system's CAs), a PEM file with the CAs to trust, or false (any; for
        # testing only).
        verify = {Verify()}

        [project]
        name = {TomlText.Of(facts.Project.Name)}
        id = {facts.Project.Id}
        {_own.Certificates()}

        [kafka]
        {Topic()}
        {Brokers()}
        bootstrap_servers = {TomlText.Of(string.Join(',', facts.Brokers.Servers))}{_own.Security()}
        # Avro schema of the events. Default: the tutorial's record, built in, where schema is 'sensor'.
        # schema_file = 'sensor.avsc'
        {Choice()}
        # librdkafka's properties, spelt with '.' or '_'.
        [kafka.properties]
        {Properties()}

        [kafka.consumer]
        # Consumer group; -g takes its place.
        group_id = 'TutorialGroup'
        # Where a new group starts: 'earliest' or 'latest'.
        auto_offset_reset = 'earliest'

        [api]
        base = '{InitRun.ApiBase}'
        key_file = 'cert/apiKeyFile'

        """.ReplaceLineEndings("\n");

    private string Topic()
    {
        if (_choice is [var first, ..])
        {
            return $"# Topic to produce to and consume from: choose one of [kafka.topics] below.\n# topic = {TomlText.Of(first.Name)}\n"
                + $"# Subject of its schema. Default: that of [kafka.topics].\n# schema = {TomlText.Of(first.Subject ?? "sensor")}";
        }

        var text = new StringBuilder();
        text.Append(TopicComment()).Append('\n');
        text.Append($"topic = {TomlText.Of(facts.Topic ?? "temperature")}\n");
        text.Append(facts.Listed?.Subject is { } subject
            ? $"# Subject of its schema.\nschema = {TomlText.Of(subject)}"
            : $"# Placeholder: {(facts.Topic is null ? "it depends on the topic" : "the server names no schema for this topic")}. "
                + "Write its subject, the full name of the record.\nschema = 'sensor'");
        if (facts.Listed is { IsShared: true })
        {
            text.Append("\n# Another project shares this topic and owns its schema. Write the id of that project:\n# registry_project = 1143");
        }

        return text.ToString();
    }

    // What init saw, so that the tools can list it to whoever has not chosen yet.
    private string Choice()
    {
        var text = new StringBuilder();
        foreach (var topic in _choice)
        {
            text.Append(text.Length == 0 ? "\n# The project's topics and the subjects of their schemas when this was written.\n[kafka.topics]\n" : "");
            text.Append($"{TomlText.Key(topic.Name)} = {TomlText.Of(topic.Subject ?? "")}");
            text.Append(topic.IsShared ? " # of another project: set registry_project to its id\n" : "\n");
        }

        return text.ToString();
    }

    private string TopicComment() => (facts.Topic, facts.Listed) switch
    {
        (not null, not null) => "# Topic to produce to and consume from.",
        (not null, null) => "# Topic to produce to and consume from. The project did not have it when this was written.",
        _ => "# Placeholder: the project had no topic when this was written.",
    };

    private string Brokers() => facts.Brokers.Listener == BrokerListener.External
        ? "# Brokers to start from, as the server names them for clients outside the cluster."
        : "# Brokers to start from. The server names those for clients inside the cluster; when you cannot reach them, try the ports\n"
            + "# 9092, 9093, ... (one a broker) of the same hosts, or ask the administrator.";

    // A name for this very machine often means ::1 as well, where nothing listens: a tunnel, a container, the sandbox.
    private string Properties() =>
        (facts.Brokers.Servers.Any(s => s.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase))
            ? "# The brokers are on localhost: do not try ::1 first.\nbroker.address.family = 'v4'\n"
            : "")
        + _own.Properties();

    private string Verify() => request.Hops.Verify switch
    {
        { Verify: false } => "false",
        { CaFile: { } file } => TomlText.Of(FromFolder(file)),
        _ => "true",
    };

    // A file inside the folder moves with it; one elsewhere stays where it is.
    private string FromFolder(string file)
    {
        var relative = Path.GetRelativePath(Path.GetFullPath(request.Folder), file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }
}
