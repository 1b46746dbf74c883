using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;
using HopsKafka.Hopsworks;

namespace HopsKafka.Tool.Init;

/// <summary>Requests from the server what a configuration needs, and writes config.toml and cert/.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class InitRun(InitRequest request)
{
    /// <summary>Path of the REST API on every Hopsworks server.</summary>
    public const string ApiBase = "/hopsworks-api/api";

    private const string KeyFile = "cert/apiKeyFile";

    private static readonly string[] s_files =
    [
        "cert/keyStore.jks", "cert/trustStore.jks", "cert/password", "cert/keyStore.pem", "cert/trustStore.pem", KeyFile, "config.toml",
    ];

    // An API key file that is already in place is used as it is.
    private bool KeyIsInPlace => request.ApiKeyFile is { } given && Path.GetFullPath(given) == request.PathOf(KeyFile);

    /// <summary>Runs it.</summary>
    /// <exception cref="HopsKafkaException">A file exists, there is no key, or the server refuses; nothing was written.</exception>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        NewFiles.RefuseExisting(s_files.Where(name => name != KeyFile || !KeyIsInPlace).Select(request.PathOf));
        var given = await GivenKey.TakeAsync(request.ApiKeyFile, request.Found, stop);
        ReportFound();
        if (!request.Hops.Verify.Verify)
        {
            ConsoleLog.Warning(
                $"--verify false: the certificate of {request.Hops.Url} is not checked, so a machine in the middle could read the API key "
                + "and the certificates. config.toml will contain verify = false.",
                WarningCodes.CertificateNotChecked);
        }

        using var client = await InitErrors.ExplainAsync(() => Task.FromResult(Connect(given)), "PROJECT");
        var project = await InitErrors.ExplainAsync(() => client.FindAsync(request.Project, request.Found?.ProjectId, stop), "PROJECT");
        var brokers = await InitErrors.ExplainAsync(() => client.GetBrokersAsync(project.Id, project.Name, stop), "KAFKA");
        var certificates = brokers.Own is null ? await InitErrors.ExplainAsync(() => client.GetCertificatesAsync(project.Id, stop), "PROJECT") : null;
        var topics = await InitErrors.ExplainAsync(() => client.GetTopicsAsync(project.Id, stop), "KAFKA");

        var facts = new InitFacts(project, brokers, topics, request.Topic ?? (topics.Count == 1 ? topics[0].Name : null));
        Write(certificates, given, facts);
        Report(facts);
        return ExitCode.Ok;
    }

    private void ReportFound()
    {
        if (request.Found?.Describe() is { } found)
        {
            ConsoleLog.Info($"Not given as options: {found}.");
        }

        if (request.Found?.Warning is { } warning)
        {
            ConsoleLog.Warning(warning, WarningCodes.ReadableByOthers, remedy: $"Run chmod 600 {HopsProfile.File}.");
        }
    }

    private ProjectClient Connect(GivenKey given) => new(ProjectClient.Options(request.Hops, ApiBase, given.Key, given.Source, ConsoleLog.Logger) with
    {
        ExplainLostConnection = LostConnection.ExplainAsync,
    });

    private void Write(IssuedCertificates? certificates, GivenKey given, InitFacts facts)
    {
        var files = new NewFiles();
        if (certificates is not null)
        {
            files.Add(request.PathOf("cert/keyStore.jks"), certificates.KeyStore);
            files.Add(request.PathOf("cert/trustStore.jks"), certificates.TrustStore);
            files.Add(request.PathOf("cert/password"), certificates.Password.Reveal());
            files.Add(request.PathOf("cert/keyStore.pem"), certificates.CertificatePem + certificates.KeyPem.Reveal());
            files.Add(request.PathOf("cert/trustStore.pem"), certificates.CaPem);
        }

        if (!KeyIsInPlace)
        {
            files.Add(request.PathOf(KeyFile), given.Key.Reveal());
        }

        files.Add(request.PathOf("config.toml"), new ConfigText(request, facts).Write());
        files.Write();
    }

    private void Report(InitFacts facts)
    {
        var config = ShortPath.Of(request.PathOf("config.toml"));
        var folder = $"{ShortPath.Of(request.PathOf("cert"))}{Path.DirectorySeparatorChar}";
        DataOutput.Text(
            $"""
            Project {TerminalText.Escape(facts.Project.Name)} has id {facts.Project.Id}.
              Brokers  {TerminalText.Escape(string.Join(", ", facts.Brokers.Servers))} ({Describe(facts.Brokers)})
              Topic    {TerminalText.Escape(Topic(facts))}
              Written  {config}, {folder} ({(facts.Brokers.Own is null ? "certificates, key and API key" : "API key")}, for you alone)

            """);
        foreach (var (code, warning) in Warnings(facts, config))
        {
            ConsoleLog.Warning(warning, code);
        }
    }

    private static string Describe(BrokerList brokers) => brokers.Own is { Security: var security }
        ? $"not of Hopsworks: {security.Protocol}{(security.UsesSasl ? $", {security.Mechanism}" : "")}"
        : brokers.Listener == BrokerListener.External ? "external" : "internal";

    private static string Topic(InitFacts facts) => facts switch
    {
        { Topic: null } => "none chosen",
        { Listed.Subject: { } subject } => $"{facts.Topic}, schema {subject}",
        _ => facts.Topic,
    };

    private static IEnumerable<(string Code, string Warning)> Warnings(InitFacts facts, string config)
    {
        if (facts.Brokers.Doubt is { } doubt)
        {
            yield return (WarningCodes.BrokersUncertain, doubt);
        }

        if (facts.Brokers.Own is { Security.NeedsCertificate: true })
        {
            yield return (WarningCodes.BrokersUncertain,
                $"The Kafka cluster is not Hopsworks' own and requires client certificates of its own: set ca_file and certificate_file in {config}.");
        }

        if (facts.Brokers.Own is { Unused: { Count: > 0 } unused })
        {
            yield return (WarningCodes.BrokersUncertain,
                $"Options of the Kafka connector that only Java clients have are not in {config}: {TerminalText.Escape(string.Join(", ", unused))}.");
        }

        if (facts.Topic is null)
        {
            yield return (WarningCodes.TopicUncertain, facts.Topics.Count == 0
                ? $"The project has no topic yet: {config} has placeholders for topic and schema."
                : $"The project has {facts.Topics.Count} topics: choose one in {config}, or with --topic.");
        }
        else if (facts.Listed is null)
        {
            yield return (WarningCodes.TopicUncertain, $"The project has no topic {facts.Topic} yet, and schema in {config} is a placeholder.");
        }
        else if (facts.Listed.Subject is null)
        {
            yield return (WarningCodes.TopicUncertain, $"The topic {facts.Topic} has no schema: schema in {config} is a placeholder.");
        }

        if (facts.Listed is { IsShared: true })
        {
            yield return (WarningCodes.OtherProject, $"Another project shares the topic {facts.Topic} and owns its schema: set registry_project in {config} to its id.");
        }
    }
}

/// <summary>The data returned by the server, for config.toml.</summary>
/// <param name="Topics">All topics that the project sees.</param>
/// <param name="Topic">Name of the topic to use: the requested or the only one; null if not chosen.</param>
internal sealed record InitFacts(FoundProject Project, BrokerList Brokers, IReadOnlyList<TopicInfo> Topics, string? Topic)
{
    /// <summary>The topic as the project lists it; null when it does not, or when the topic is open.</summary>
    public TopicInfo? Listed => Topics.FirstOrDefault(t => t.Name == Topic);
}

/// <summary>The validated command line of <c>hops-kafka init</c>.</summary>
/// <param name="Hops">The server and how its certificate is checked.</param>
/// <param name="Project">Name of the project; null if a profile has its id alone.</param>
/// <param name="ApiKeyFile">File with the API key; null for the environment or the prompt.</param>
/// <param name="Topic">The topic; null for the only one that the project has.</param>
/// <param name="Folder">Folder to write, as given.</param>
internal sealed record InitRequest(HopsOptions Hops, string? Project, string? ApiKeyFile, string? Topic, string Folder)
{
    /// <summary>What the environment or a profile sets.</summary>
    public ServerSettings? Found { get; init; }

    /// <summary>Absolute path of a file to write.</summary>
    /// <param name="name">Name relative to the folder.</param>
    /// <returns>The path.</returns>
    public string PathOf(string name) => Path.GetFullPath(name, Path.GetFullPath(Folder));
}
