using System.Collections;
using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;

namespace HopsKafka;

/// <summary>
/// Where a Hopsworks project is and how to connect to it: either <see cref="ConfigFile"/> alone, or <see cref="Host"/>,
/// <see cref="Project"/> and an API key. The server returns what is left out of <see cref="ProjectId"/>,
/// <see cref="Certificates"/> and <see cref="BootstrapServers"/>, as <c>hops-kafka init</c> does. Relative paths start at the
/// current directory.
/// </summary>
public sealed class HopsworksOptions
{
    private const int HighestPort = 65535;

    /// <summary>Path of a config.toml. Everything else is then read from it and from the environment (<c>HOPSKAFKA_…</c>).</summary>
    public string? ConfigFile { get; set; }

    /// <summary>Host of Hopsworks, without scheme, port and path.</summary>
    public string? Host { get; set; }

    /// <summary>Port of the REST API; 443.</summary>
    public int Port { get; set; } = 443;

    /// <summary>Path of the REST API on the host.</summary>
    public string ApiBase { get; set; } = "/hopsworks-api/api";

    /// <summary>PEM file with the CAs that the REST API's certificate may lead to; null for those of the system.</summary>
    public string? ServerCaFile { get; set; }

    /// <summary>Accept any certificate of the REST API. For testing only: whoever is in between can read the API key.</summary>
    public bool AcceptAnyServerCertificate { get; set; }

    /// <summary>Name of the project, in Hopsworks' spelling; null to request it from the server for <see cref="ProjectId"/>.</summary>
    public string? Project { get; set; }

    /// <summary>
    /// The API key. Scopes: KAFKA; PROJECT if id or certificates are requested from the server, FEATURESTORE for brokers from 3.4 on; FEATURESTORE and JOB for feature groups.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>File that holds the API key, read again when the server refuses the key; ignored when <see cref="ApiKey"/> is set.</summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>Id of the project; null to request it from the server.</summary>
    public int? ProjectId { get; set; }

    /// <summary>Id of the project whose schema registry is used, for a topic that another project shares; null for the own.</summary>
    public int? RegistryProjectId { get; set; }

    /// <summary>Brokers to start from, <c>host:port,host:port</c>; null to request it from the server.</summary>
    public string? BootstrapServers { get; set; }

    /// <summary>
    /// How to connect to a Kafka cluster of your own: SASL_SSL, or plaintext for tests. Null for the answer of the server if it names the
    /// brokers, else SSL, which is mutual TLS.
    /// </summary>
    public SecurityProtocol? SecurityProtocol { get; set; }

    /// <summary>PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, or OAUTHBEARER, whose properties go to <see cref="Properties"/>; with SASL_SSL.</summary>
    public SaslMechanism? SaslMechanism { get; set; }

    /// <summary>User of the Kafka cluster; for PLAIN and SCRAM.</summary>
    public string? SaslUsername { get; set; }

    /// <summary>Its password; for PLAIN and SCRAM.</summary>
    public string? SaslPassword { get; set; }

    /// <summary>
    /// Files with the project's certificates; null to request them from the server; then no key is written to disk. With SASL_SSL nothing is
    /// requested: null means the system's CAs and no client certificate, and either part may be left out.
    /// </summary>
    public HopsworksCertificateOptions? Certificates { get; set; }

    /// <summary>librdkafka properties of all clients, such as <c>socket.timeout.ms</c>.</summary>
    public IDictionary<string, string> Properties { get; } = new Dictionary<string, string>();

    /// <summary>librdkafka properties of producers; they win over <see cref="Properties"/>.</summary>
    public IDictionary<string, string> Producer { get; } = new Dictionary<string, string>();

    /// <summary>librdkafka properties of consumers, such as <c>group.id</c>; they win over <see cref="Properties"/>.</summary>
    public IDictionary<string, string> Consumer { get; } = new Dictionary<string, string>();

    /// <summary>How long one attempt of a REST call may take, from connecting to the last byte; 30 s. Also with <see cref="ConfigFile"/>.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts of a REST call that fails for the moment, the first one included; 3. Also with <see cref="ConfigFile"/>.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>
    /// How long the registry client keeps what the latest version of a subject is (<c>latest.cache.ttl.secs</c>); null, as in
    /// Confluent's client, no limit. Also with <see cref="ConfigFile"/>.
    /// </summary>
    public TimeSpan? LatestCacheTtl { get; set; }

    /// <summary>
    /// Options with host, project and API key from where Hopsworks' own clients have them: the variables <c>HOPSWORKS_HOST</c>, <c>HOPSWORKS_PORT</c>,
    /// <c>HOPSWORKS_PROJECT</c> and <c>HOPSWORKS_API_KEY</c>, else a profile of <c>~/.hops.toml</c>.
    /// </summary>
    /// <param name="profile">Name of the profile; null for <c>default</c>, which may be absent.</param>
    /// <returns>The options, to be changed at will. What was found nowhere is null.</returns>
    /// <exception cref="HopsKafkaException">A value is wrong, or the named profile does not exist.</exception>
    public static HopsworksOptions FromProfile(string? profile = null) => FromProfile(
        profile, Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? ""));

    internal static HopsworksOptions FromProfile(string? profile, IReadOnlyDictionary<string, string> environment)
    {
        var found = ServerSettings.Find(environment, profile, default);
        return new HopsworksOptions
        {
            Host = found.Host?.Value, Port = found.Port, Project = found.Project?.Value, ApiKey = found.ApiKey?.Value.Reveal(), Found = found,
            ProjectId = found.Project is null ? found.ProjectId?.Value : null,
        };
    }

    /// <summary>What the variables and the profile set; null if the options are not made from them.</summary>
    internal ServerSettings? Found { get; private init; }

    internal HopsworksClientOptions Limit(HopsworksClientOptions client) =>
        client with { RequestTimeout = RequestTimeout, MaxAttempts = MaxAttempts, LatestCacheTtl = LatestCacheTtl };

    /// <summary>What is missing or contradicts itself, a sentence each.</summary>
    internal IEnumerable<string> Problems()
    {
        if (ConfigFile is not null)
        {
            return Host is null
                ? LimitProblems()
                : ["ConfigFile and Host are both set: config.toml names the host; remove one of the two.", .. LimitProblems()];
        }

        return [.. ServerProblems(), .. SaslOptions.Problems(this), .. Certificates?.Problems(SecurityProtocol) ?? [], .. PropertyProblems(), .. LimitProblems()];
    }

    /// <exception cref="HopsKafkaException">Something is missing or contradicts itself.</exception>
    internal void Check()
    {
        if (Problems().FirstOrDefault() is { } problem)
        {
            throw new HopsKafkaException($"The options of the Hopsworks connection are incomplete or wrong: {problem}", exitCode: ExitCode.Usage);
        }
    }

    // What was given as a host is not repeated: a URL may carry a password.
    private IEnumerable<string> ServerProblems()
    {
        if (string.IsNullOrWhiteSpace(Host))
        {
            yield return "Neither ConfigFile nor Host is set: set the path of a config.toml, or Host, Project and ApiKey.";
        }
        else if (HostName.Normalize(Host) is null)
        {
            yield return "Host must be a host name or address alone, without scheme, port and path; set Port to the port.";
        }

        if (Port is < 1 or > HighestPort)
        {
            yield return $"Port is {Port}: it must be from 1 to {HighestPort}.";
        }

        if (string.IsNullOrWhiteSpace(Project) && ProjectId is null)
        {
            yield return "Neither Project nor ProjectId is set: set the name of the project.";
        }

        if (string.IsNullOrWhiteSpace(ApiKey) && string.IsNullOrWhiteSpace(ApiKeyFile))
        {
            yield return "Neither ApiKey nor ApiKeyFile is set: create an API key in Hopsworks (account settings, API keys).";
        }

        if (AcceptAnyServerCertificate && ServerCaFile is not null)
        {
            yield return "ServerCaFile is useless with AcceptAnyServerCertificate; remove one of the two.";
        }
    }

    private IEnumerable<string> LimitProblems()
    {
        if (RequestTimeout <= TimeSpan.Zero)
        {
            yield return $"RequestTimeout is {RequestTimeout}: it must be above 0.";
        }

        if (MaxAttempts < 1)
        {
            yield return $"MaxAttempts is {MaxAttempts}: it must be at least 1.";
        }

        if (LatestCacheTtl < TimeSpan.Zero)
        {
            yield return $"LatestCacheTtl is {LatestCacheTtl}: it must not be negative.";
        }
    }

    private IEnumerable<string> PropertyProblems() => Properties.Keys.Concat(Producer.Keys).Concat(Consumer.Keys)
        .Where(name => PropertyNames.Find(name) is null)
        .Select(name => $"{DisplayText.Of(name)} is not a property of librdkafka.");
}
