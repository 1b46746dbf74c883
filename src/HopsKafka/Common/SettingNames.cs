namespace HopsKafka.Common;

/// <summary>What messages call the settings: the keys of config.toml, or the options of a program.</summary>
internal sealed record SettingNames
{
    /// <summary>The keys of config.toml.</summary>
    public static SettingNames ConfigFile { get; } = new();

    /// <summary>The properties of <c>HopsworksOptions</c>.</summary>
    public static SettingNames Options { get; } = new()
    {
        Host = "Host",
        Port = "Port",
        Server = "Host and Port",
        RestApi = "Host, Port and ApiBase",
        RestApiAndProject = "Host, Port, ApiBase and ProjectId",
        ServerCa = "ServerCaFile",
        SystemCas = "leave it out",
        SetServerCa = "Set ServerCaFile to a PEM file with the CA that issued it",
        AcceptAny = "AcceptAnyServerCertificate",
        Project = "Project or ProjectId (and RegistryProjectId, if set)",
        ProjectId = "ProjectId",
        ProjectName = "Project",
        FeatureStore = "the argument featureStore, or Project if it is null",
        RegistryProject = "RegistryProjectId",
        Subject = "",
        Topic = "",
        ApiKey = "ApiKey",
        ApiKeyFile = "ApiKeyFile",
        SetApiKey = "ApiKey",
        Brokers = "BootstrapServers",
        Properties = "Properties, Producer or Consumer",
        KeyStore = "Certificates.KeyStore",
        TrustStore = "Certificates.TrustStore",
        StorePassword = "Certificates.StorePassword or StorePasswordFile",
        StorePasswordFile = "Certificates.StorePasswordFile",
        CaFile = "Certificates.CaFile",
        CertificateFile = "Certificates.CertificateFile",
        KeyFile = "Certificates.KeyFile",
        KeyPassword = "Certificates.KeyPassword",
        SetKeyPassword = "Certificates.KeyPassword",
    };

    /// <summary>The variables of the environment and the keys of a profile, where there is no config.toml.</summary>
    /// <param name="server">Where host and port come from.</param>
    /// <param name="project">Where name or id of the project comes from.</param>
    /// <param name="apiKey">Where the API key comes from.</param>
    public static SettingNames OfServer(string server, string project, string apiKey) => new()
    {
        Host = server,
        Port = server,
        Server = server,
        RestApi = server,
        RestApiAndProject = server,
        ServerCa = "HOPSKAFKA_HOPS__VERIFY",
        SystemCas = "set HOPSKAFKA_HOPS__VERIFY=true",
        SetServerCa = "Set HOPSKAFKA_HOPS__VERIFY to the path of a PEM file with the CA that issued it",
        AcceptAny = "HOPSKAFKA_HOPS__VERIFY=false",
        Project = $"{project} (and HOPSKAFKA_KAFKA__REGISTRY_PROJECT, if set)",
        FeatureStore = $"HOPSKAFKA_PROJECT__FEATURE_STORE, or {project} if it is not set",
        RegistryProject = "HOPSKAFKA_KAFKA__REGISTRY_PROJECT",
        Subject = " (HOPSKAFKA_KAFKA__SCHEMA)",
        Topic = " (HOPSKAFKA_KAFKA__TOPIC)",
        ApiKey = apiKey,
        ApiKeyFile = "HOPSKAFKA_API__KEY_FILE",
        SetApiKey = apiKey,
        Brokers = "HOPSKAFKA_KAFKA__BOOTSTRAP_SERVERS",
        Properties = "HOPSKAFKA_KAFKA__PROPERTIES__…, …PRODUCER__… or …CONSUMER__…",
    };

    public string Host { get; private init; } = "[hops] url";

    public string Port { get; private init; } = "[hops] port";

    public string Server { get; private init; } = "[hops] url and port";

    public string RestApi { get; private init; } = "[hops] url and port and [api] base";

    public string RestApiAndProject { get; private init; } = "[hops] url and port, [api] base and [project] id";

    public string ServerCa { get; private init; } = "[hops] verify";

    /// <summary>What to do for the CAs of the system.</summary>
    public string SystemCas { get; private init; } = "write verify = true";

    public string SetServerCa { get; private init; } = "Set [hops] verify to a PEM file with the CA that issued it (verify = 'path')";

    public string AcceptAny { get; private init; } = "verify = false";

    public string Project { get; private init; } = "[project] id (and [kafka] registry_project, if set)";

    public string ProjectId { get; private init; } = "[project] id";

    /// <summary>What names the project, so that it is not looked up by its id.</summary>
    public string ProjectName { get; private init; } = "[project] name (or feature_store)";

    /// <summary>All that determines the name of the feature store.</summary>
    public string FeatureStore { get; private init; } = "[project] feature_store, or [project] name if it is not set";

    public string RegistryProject { get; private init; } = "[kafka] registry_project";

    /// <summary>Which setting is the subject, in parentheses; empty where the caller names it.</summary>
    public string Subject { get; private init; } = " ([kafka] schema in config.toml)";

    /// <summary>Which setting is the topic, in parentheses; empty where the caller names it.</summary>
    public string Topic { get; private init; } = " ([kafka] topic in config.toml)";

    public string ApiKey { get; private init; } = "[api] key";

    public string ApiKeyFile { get; private init; } = "[api] key_file";

    /// <summary>All that can be set to the key itself.</summary>
    public string SetApiKey { get; private init; } = "[api] key or HOPSKAFKA_API__KEY";

    public string Brokers { get; private init; } = "[kafka] bootstrap_servers";

    /// <summary>Where librdkafka's properties are.</summary>
    public string Properties { get; private init; } = "[kafka.properties], [kafka.producer] or [kafka.consumer]";

    public string KeyStore { get; private init; } = "[project] keystore";

    public string TrustStore { get; private init; } = "[project] truststore";

    public string StorePassword { get; private init; } = "[project] store_password or store_password_file";

    public string StorePasswordFile { get; private init; } = "[project] store_password_file";

    public string CaFile { get; private init; } = "[project] ca_file";

    public string CertificateFile { get; private init; } = "[project] certificate_file";

    public string KeyFile { get; private init; } = "[project] key_file";

    public string KeyPassword { get; private init; } = "[project] key_password";

    /// <summary>All that can be set to the key's password.</summary>
    public string SetKeyPassword { get; private init; } = "[project] key_password, or HOPSKAFKA_PROJECT__KEY_PASSWORD";
}
