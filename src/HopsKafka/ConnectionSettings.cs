using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.Kafka;
using HopsKafka.Sensors;
using Microsoft.Extensions.Logging;

namespace HopsKafka;

/// <summary>The complete settings of a connection: from config.toml or from options, the rest from the server.</summary>
internal sealed record ConnectionSettings(HopsKafkaConfig Config, ProjectCertificates Certificates)
{
    private const string OptionsSource = "the options of the Hopsworks connection";

    /// <exception cref="HopsKafkaException">A setting or a file is missing or wrong, or the server refuses.</exception>
    public static async Task<ConnectionSettings> ReadAsync(HopsworksOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        options.Check();
        if (options.Found?.Warning is { } warning)
        {
            KafkaLog.ReadableByOthers(logger, warning);
        }

        if (options.ConfigFile is { } file)
        {
            var config = ConfigLoader.Load(file, needsTopic: false);
            WarnIfUnchecked(logger, config.UncheckedServer);
            return new ConnectionSettings(config, Load(config.Project));
        }

        var hops = new HopsOptions(HostName.Normalize(options.Host!)!, options.Port, Trust(options));
        var api = new ApiOptions(
            options.ApiBase,
            string.IsNullOrWhiteSpace(options.ApiKey) ? null : new Secret(options.ApiKey.Trim()),
            options.ApiKeyFile is { } path ? Path.GetFullPath(path) : null)
        {
            Names = SettingNames.Options,
        };
        WarnIfUnchecked(logger, hops.FindUnchecked(api.Names));
        using var client = new ProjectClient(options.Limit(ProjectClient.Options(hops, api.Base, api.ReadKey(), api.KeySource, logger) with { Names = api.Names }));
        var (id, name) = await FindProjectAsync(client, options, cancellationToken);
        var project = (options.Certificates ?? new HopsworksCertificateOptions()).ToProject(name, id);
        var brokers = options.BootstrapServers?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { } given
            ? new BrokerList(given, BrokerListener.External)
            : await AskBrokersAsync(client, id, name!, logger, cancellationToken);
        var security = SaslOptions.Security(options) ?? brokers.Own?.Security ?? SecurityOptions.MutualTls;
        var certificates = options.Certificates is not null ? Load(project)
            : security.NeedsCertificate && brokers.Own is not null ? throw NoCertificates()
            : security.NeedsCertificate ? ProjectCertificates.Of(await client.GetCertificatesAsync(id, cancellationToken))
            : ProjectCertificates.None;
        var kafka = new KafkaOptions("", "", brokers.Servers, null, Properties(options, brokers.Own), Named(options.Producer), Named(options.Consumer))
        {
            RegistryProject = options.RegistryProjectId,
            Security = security,
        };
        return new ConnectionSettings(new HopsKafkaConfig(OptionsSource, hops, project, kafka, api, SensorShape.Tutorial), certificates);
    }

    // The name of a project is needed to request the brokers; with them, an id alone requests nothing.
    private static async Task<(int Id, string? Name)> FindProjectAsync(ProjectClient client, HopsworksOptions options, CancellationToken cancellationToken)
    {
        var name = string.IsNullOrWhiteSpace(options.Project) ? null : options.Project;
        if (options.ProjectId is { } known && (name is not null || options.BootstrapServers is not null))
        {
            return (known, name);
        }

        var id = options.ProjectId is { } given ? new Sourced<int>(given, nameof(HopsworksOptions.ProjectId))
            : options.Found is { } found && found.Project?.Value == name ? found.ProjectId
            : null;
        var project = await client.FindAsync(name, id, cancellationToken);
        return (project.Id, project.Name);
    }

    private static HopsKafkaException NoCertificates() => new(
        "The project's Kafka cluster is not Hopsworks' own, and requires client certificates of its own.", "Set Certificates.", ExitCode.Usage);

    private static ServerTrust Trust(HopsworksOptions options) => options switch
    {
        { AcceptAnyServerCertificate: true } => ServerTrust.Any,
        { ServerCaFile: { } file } => ServerTrust.File(Path.GetFullPath(file)),
        _ => ServerTrust.System,
    };

    private static async Task<BrokerList> AskBrokersAsync(
        ProjectClient client, int id, string project, ILogger logger, CancellationToken cancellationToken)
    {
        var brokers = await client.GetBrokersAsync(id, project, cancellationToken);
        if (brokers.Doubt is { } doubt)
        {
            KafkaLog.BrokersUncertain(logger, doubt);
        }

        return brokers;
    }

    private static void WarnIfUnchecked(ILogger logger, string? warning)
    {
        if (warning is not null)
        {
            KafkaLog.CertificateNotChecked(logger, warning);
        }
    }

    private static ProjectCertificates Load(ProjectOptions project) =>
        ProjectCertificates.Load(project.CertificateSources(), DateTimeOffset.UtcNow);

    // What the server says of a cluster, then what the program says.
    private static Dictionary<string, string> Properties(HopsworksOptions options, OwnKafka? own)
    {
        var properties = new Dictionary<string, string>(own?.AllProperties ?? new Dictionary<string, string>());
        foreach (var (name, value) in Named(options.Properties))
        {
            properties[name] = value;
        }

        return properties;
    }

    private static Dictionary<string, string> Named(IEnumerable<KeyValuePair<string, string>> properties) =>
        properties.ToDictionary(p => PropertyNames.Find(p.Key)!.Value.Name, p => p.Value);
}
