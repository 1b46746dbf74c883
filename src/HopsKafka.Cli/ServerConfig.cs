using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;
using HopsKafka.Hopsworks;

namespace HopsKafka.Cli;

/// <summary>
/// A configuration without config.toml: host, project and API key from the environment or a profile, certificates, brokers and topic from the server, as
/// <c>hops-kafka init</c> writes them. Keys and certificates stay in memory. Variables <c>HOPSKAFKA_…</c> win over all of it.
/// </summary>
internal sealed class ServerConfig
{
    private const string DefaultTopic = "temperature";
    private const string DefaultSchema = "sensor";
    private const int MostListed = 20;

    private static readonly string[] s_certificateKeys = ["keystore", "truststore", "certificate_file", "ca_file"];

    private readonly string _path;
    private readonly ConfigTable _root = new(SourceLocation.Start, Named: false);
    private readonly ConfigErrors _problems;
    private readonly ServerSettings _found;
    private readonly SettingNames _names;
    private readonly string _projectSource;
    private readonly List<string> _facts;

    private ServerConfig(string path, IReadOnlyDictionary<string, string> environment, string? profile)
    {
        _path = path;
        _problems = new ConfigErrors(file: null);
        new EnvironmentOverlay(_root, _problems).Apply(environment);
        _problems.ThrowFirst();
        _found = ServerSettings.Find(
            environment,
            profile,
            new GivenSettings(Text("hops", "url"), Text("project", "name"), Has("api", "key") || Has("api", "key_file"), Has("project", "id")));
        _projectSource = ProjectSource();
        var (server, key) = (ServerSource(), _found.ApiKey?.Name("api_key") ?? ConfigSchema.Variable("api", "key"));
        _names = SettingNames.OfServer(server, _projectSource, key);
        CommandContext.Current.Log.Words = new SettingWords(server, _projectSource, key);
        _facts = [_found.Describe() ?? "host, project and API key from HOPSKAFKA_ variables"];
    }

    /// <summary>Asks the server.</summary>
    /// <param name="path">Path of the absent file: relative paths start at its folder.</param>
    /// <param name="profile">Name of the profile; null for the default one.</param>
    /// <param name="needsTopic">False for a command that works without a topic.</param>
    /// <param name="topic">The topic that an option names; null for the configured one.</param>
    /// <exception cref="HopsKafkaException">Host, project or API key is missing, or the server refuses a call.</exception>
    public static async Task<HopsKafkaConfig> LoadAsync(
        string path, IReadOnlyDictionary<string, string> environment, string? profile, bool needsTopic, string? topic, CancellationToken stop)
    {
        var config = new ServerConfig(path, environment, profile);
        MissingSettings.Refuse(
            path,
            config._found,
            hasHost: config._found.Host is not null || config.Has("hops", "url"),
            hasProject: config._found.Project is not null || config._found.ProjectId is not null || config.Has("project", "name") || config.Has("project", "id"),
            hasKey: config._found.ApiKey is not null || config.Has("api", "key") || config.Has("api", "key_file"));
        return await config.LoadAsync(needsTopic, topic, stop);
    }

    private async Task<HopsKafkaConfig> LoadAsync(bool needsTopic, string? topic, CancellationToken stop)
    {
        Default(Table("hops"), "url", _found.Host);
        Default(Table("hops"), "port", (long)_found.Port);
        Default(Table("project"), "name", _found.Project);
        if (_found.ApiKey is { } key)
        {
            Default(Table("api"), "key", new Sourced<string>(key.Value.Reveal(), key.Source, key.IsVariable));
        }

        var hops = new HopsSection(Reader("hops")).Read();
        var api = new ApiSection(Reader("api")).Read() with { Names = _names };
        _problems.ThrowFirst();
        if (_found.Warning is { } warning)
        {
            ConsoleLog.Warning(warning, WarningCodes.ReadableByOthers, remedy: $"Run chmod 600 {HopsProfile.File}.");
        }

        if (hops.FindUnchecked(_names) is { } uncheckedServer)
        {
            ConsoleLog.WarningOnce(uncheckedServer, WarningCodes.CertificateNotChecked);
        }

        using var client = new ProjectClient(ProjectClient.Options(hops, api.Base, api.ReadKey(), api.KeySource, ConsoleLog.Logger) with
        {
            Names = _names, ExplainLostConnection = LostConnection.ExplainAsync,
        });
        var id = await ProjectIdAsync(client, stop);
        var isOwnKafka = !Has("kafka", "bootstrap_servers") && !Has("kafka", "port") && await FindBrokersAsync(client, id, stop);
        var certificates = isOwnKafka || s_certificateKeys.Any(name => Has("project", name))
            ? null
            : ProjectCertificates.Of(await ExplainAsync(client.GetCertificatesAsync(id, stop), "PROJECT"));
        _facts.Add(certificates is null ? "brokers from the server" : "certificates and brokers from the server");

        if (needsTopic || topic is not null || Has("kafka", "topic"))
        {
            await FindTopicAsync(client, id, topic, stop);
        }

        Default(Table("kafka", "consumer"), "group_id", "TutorialGroup");
        Default(Table("kafka", "consumer"), "auto_offset_reset", "earliest");
        var config = ConfigLoader.Read(_path, _root, needsTopic, _problems, certificates);
        _problems.ThrowFirst();
        ConsoleLog.Info($"Configuration without config.toml: {string.Join(", ", _facts)}.");
        return config with { File = _found.Label, Api = config.Api with { Names = _names } };
    }

    private async Task<int> ProjectIdAsync(ProjectClient client, CancellationToken stop)
    {
        var given = Reader("project").Positive("id", int.MaxValue, "1143");
        _problems.ThrowFirst();
        if (given is { } known && Has("project", "name"))
        {
            return known;
        }

        var id = given is { } value ? new Sourced<int>(value, ConfigSchema.Variable("project", "id"), IsVariable: true) : _found.ProjectId;
        var project = await ExplainAsync(client.FindAsync(Text("project", "name"), id, stop), "PROJECT");
        Default(Table("project"), "name", project.Name);
        Default(Table("project"), "id", (long)project.Id);
        return project.Id;
    }

    // Whether the cluster is not Hopsworks' own, so that the project's certificates are unknown there.
    private async Task<bool> FindBrokersAsync(ProjectClient client, int id, CancellationToken stop)
    {
        var brokers = await ExplainAsync(client.GetBrokersAsync(id, ProjectName, stop), "KAFKA");
        Default(Table("kafka"), "bootstrap_servers", string.Join(',', brokers.Servers));
        if (brokers.Doubt is { } doubt)
        {
            ConsoleLog.Warning(doubt, WarningCodes.BrokersUncertain);
        }

        // As init writes it: such a name often means ::1 as well, where nothing listens.
        if (brokers.Servers.Any(server => server.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase)))
        {
            Default(Table("kafka", "properties"), "broker_address_family", "v4");
        }

        foreach (var (name, value) in brokers.Own?.Settings ?? [])
        {
            Default(Table("kafka"), name, value);
        }

        foreach (var (name, value) in brokers.Own?.AllProperties ?? new Dictionary<string, string>())
        {
            Default(Table("kafka", "properties"), name, value);
        }

        return brokers.Own is not null;
    }

    private async Task FindTopicAsync(ProjectClient client, int id, string? topic, CancellationToken stop)
    {
        topic ??= Text("kafka", "topic");
        if (topic is null || !Has("kafka", "schema"))
        {
            var topics = await ExplainAsync(client.GetTopicsAsync(id, stop), "KAFKA");
            topic ??= Choose([.. topics.Select(t => t.Name).Distinct().Order(StringComparer.Ordinal)]);
            var listed = topics.FirstOrDefault(t => t.Name == topic);
            Default(Table("kafka"), "schema", listed?.Subject ?? DefaultSchema);
            _facts.Add($"topic {DisplayText.Of(topic)} with schema {DisplayText.Of(Text("kafka", "schema")!)}");
            if (listed is { IsShared: true } && !Has("kafka", "registry_project"))
            {
                ConsoleLog.Warning(
                    $"Another project shares the topic {topic} and owns its schema: set {ConfigSchema.Variable("kafka", "registry_project")} to its id.",
                    WarningCodes.OtherProject);
            }
        }

        Default(Table("kafka"), "topic", topic);
    }

    private static string Choose(IReadOnlyList<string> topics)
    {
        if (topics.Count <= 1)
        {
            return topics.Count == 1 ? topics[0] : DefaultTopic;
        }

        var more = topics.Count > MostListed ? $" and {topics.Count - MostListed} more" : "";
        throw new HopsKafkaException(
            $"The project has {topics.Count} topics, and none is chosen: {string.Join(", ", topics.Take(MostListed).Select(name => DisplayText.Of(name)))}{more}.",
            $"Set {ConfigSchema.Variable("kafka", "topic")} to one of them, or write a config.toml with hops-kafka init --topic NAME.",
            ExitCode.Usage);
    }

    private string ServerSource()
    {
        var host = _found.Host?.Name("host") ?? ConfigSchema.Variable("hops", "url");
        return Has("hops", "port") ? $"{host} and {ConfigSchema.Variable("hops", "port")}" : _found.HasPortVariable ? $"{host} and {ServerSettings.PortVariable}" : host;
    }

    private string ProjectSource() => _found.Project?.Name("project") ?? _found.ProjectId?.Name("project_id")
        ?? ConfigSchema.Variable("project", Has("project", "name") ? "name" : "id");

    private TableReader Reader(string table) =>
        new(ConfigSchema.Header(table), [table], _root.Table(table), Path.GetDirectoryName(Path.GetFullPath(_path))!, _problems);

    private string ProjectName => Text("project", "name")!;

    private Task<T> ExplainAsync<T>(Task<T> call, string scope) => ProjectErrors.ExplainAsync(call, scope, _projectSource);

    private bool Has(string table, string key) => _root.Table(table)?.Children.ContainsKey(key) == true;

    private string? Text(string table, string key) => (_root.Table(table)?.Children.GetValueOrDefault(key) as ConfigScalar)?.Value as string;

    private ConfigTable Table(string name, string? below = null)
    {
        var table = _root.GetOrAddTable(name)!;
        return below is null ? table : table.GetOrAddTable(below)!;
    }

    private static void Default(ConfigTable table, string key, Sourced<string>? found)
    {
        if (found is not null)
        {
            Default(table, key, found.Value, found.IsVariable ? SourceLocation.Environment(found.Source) : SourceLocation.Start);
        }
    }

    // A property may be spelt with dots as well.
    private static void Default(ConfigTable table, string key, object value, SourceLocation? place = null)
    {
        if (!table.Children.ContainsKey(key) && !table.Children.ContainsKey(key.Replace('_', '.')))
        {
            table.Children[key] = new ConfigScalar(place ?? SourceLocation.Start, value, place ?? SourceLocation.Start);
        }
    }
}
