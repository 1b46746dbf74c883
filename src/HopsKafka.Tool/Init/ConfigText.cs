using System.Text;
using HopsKafka.Projects;

namespace HopsKafka.Tool.Init;

/// <summary>Writes a commented config.toml. It holds no secret: those are in cert/.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="facts">What the server told.</param>
internal sealed class ConfigText(InitRequest request, InitFacts facts)
{
    /// <summary>The text.</summary>
    /// <returns>The whole file.</returns>
    public string Write() =>
        $"""
        # Written by hops-kafka init. It holds no secret: those are in cert/.
        # Relative paths start at this file's folder. Every key can come from the environment instead, which wins:
        # HOPSKAFKA_<TABLE>__<KEY>, for example HOPSKAFKA_API__KEY or HOPSKAFKA_KAFKA__CONSUMER__GROUP_ID.

        [hops]
        # Host and port of the REST API.
        url = {Text(request.Hops.Url)}
        port = {request.Hops.Port}
        # How the server's certificate is checked: true (the system's CAs), a PEM file with the CAs to trust, or false (any; for
        # testing only).
        verify = {Verify()}

        [project]
        name = {Text(request.Project)}
        id = {facts.ProjectId}
        # Your certificates in this project. The key is not encrypted: the file is readable for you alone.
        ca_file = 'cert/trustStore.pem'
        certificate_file = 'cert/keyStore.pem'

        [kafka]
        {Topic()}
        {Brokers()}
        bootstrap_servers = {Text(string.Join(',', facts.Brokers.Servers))}
        # Avro schema of the events. Default: the tutorial's record, built in.
        # schema_file = 'sensor.avsc'

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
        var text = new StringBuilder();
        text.Append(TopicComment()).Append('\n');
        text.Append($"topic = {Text(facts.Topic ?? "temperature")}\n");
        text.Append(facts.Listed?.Subject is { } subject
            ? $"# Subject of its schema.\nschema = {Text(subject)}"
            : $"# Placeholder: {(facts.Topic is null ? "it depends on the topic" : "the server tells no schema for this topic")}. Write its subject, the full name of the record.\nschema = 'sensor'");
        if (facts.Listed is { IsShared: true })
        {
            text.Append("\n# Another project shares this topic and owns its schema. Write the id of that project:\n# registry_project = 1143");
        }

        return text.ToString();
    }

    private string TopicComment() => (facts.Topic, facts.Listed, facts.Topics.Count) switch
    {
        (not null, not null, _) => "# Topic to produce to and consume from.",
        (not null, null, _) => "# Topic to produce to and consume from. The project did not have it when this was written.",
        (null, _, 0) => "# Placeholder: the project had no topic when this was written.",
        _ => $"# Placeholder: choose one of the project's topics: {string.Join(", ", facts.Topics.Select(t => t.Name))}.",
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
        + "# When the brokers' certificates lack their host names (older clusters), this turns off that one check. The chain is still checked.\n"
        + "# ssl.endpoint.identification.algorithm = 'none'";

    private string Verify() => request.Hops.Verify switch
    {
        { Verify: false } => "false",
        { CaFile: { } file } => Text(FromFolder(file)),
        _ => "true",
    };

    // A file inside the folder moves with it; one elsewhere stays where it is.
    private string FromFolder(string file)
    {
        var relative = Path.GetRelativePath(Path.GetFullPath(request.Folder), file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }

    private static string Text(string text) => text.Contains('\'', StringComparison.Ordinal)
        ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{text}'";
}
