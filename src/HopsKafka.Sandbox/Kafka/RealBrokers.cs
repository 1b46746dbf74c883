using HopsKafka.Common;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>The processes of a real Kafka: formats the data folders of its brokers, starts them, and stops them.</summary>
internal sealed class RealBrokers : IAsyncDisposable
{
    // Any 16 bytes in URL-safe base64: the data lives for one start only.
    private const string ClusterId = "aG9wcy1rYWZrYS1zYW5kYg";
    private const string LogConfigArgument = $"-Dlog4j2.configurationFile={BrokerProperties.LogConfigFile}";

    private readonly KafkaInstallation _installation;
    private readonly PrivateFolder _folder;
    private readonly List<JavaProcess> _processes = [];
    private readonly List<JavaProcess> _ended = [];
    private volatile bool _stopping;

    private RealBrokers(KafkaInstallation installation, PrivateFolder folder)
    {
        _installation = installation;
        _folder = folder;
    }

    /// <summary>Writes the configuration, formats and starts.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="ports">The ports of each broker.</param>
    /// <returns>The brokers, which are not ready yet.</returns>
    /// <exception cref="HopsKafkaException">A data folder could not be formatted.</exception>
    public static async Task<RealBrokers> StartAsync(RealKafkaOptions options, IReadOnlyList<BrokerPorts> ports)
    {
        var brokers = new RealBrokers(KafkaInstallation.Find(options.Home), new PrivateFolder(options.Folder));
        try
        {
            brokers.WriteFiles(options, new BrokerProperties(ports, options.Detours, options.Security));
            var ids = Enumerable.Range(1, ports.Count).ToList();
            await Task.WhenAll(ids.Select(brokers.FormatAsync));
            brokers._processes.AddRange(ids.Select(brokers.Launch));
            return brokers;
        }
        catch
        {
            await brokers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the first broker that ends by itself.</summary>
    /// <returns>Which one, and why; null when the brokers were stopped.</returns>
    public async Task<string?> FirstEndAsync()
    {
        var first = _processes.ToList();
        var ended = await Task.WhenAny(first.Select(process => process.Ended));
        if (_stopping)
        {
            return null;
        }

        var broker = first.FindIndex(process => process.Ended == ended);
        return $"Kafka's broker {broker + 1} ended with code {first[broker].ExitCode}: {first[broker].Cause()}";
    }

    /// <summary>Starts a broker once more on its data, when it has ended.</summary>
    /// <param name="id">Id of the broker, from 1.</param>
    /// <returns>When it was started.</returns>
    public async Task StartAgainAsync(int id)
    {
        await _processes[id - 1].Ended;
        _ended.Add(_processes[id - 1]);
        _processes[id - 1] = Launch(id);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        await Task.WhenAll(_processes.Concat(_ended).Select(process => process.DisposeAsync().AsTask()));
        _folder.Dispose();
    }

    private static string LogFile(int id) => $"broker-{id}.log";

    private static string PropertiesFile(int id) => $"broker-{id}.properties";

    private void WriteFiles(RealKafkaOptions options, BrokerProperties properties)
    {
        _folder.Write(BrokerProperties.KeyFile, options.Certificates.ServerPem);
        _folder.Write(BrokerProperties.AdminKeyFile, options.Certificates.AdminKeyPem + options.Certificates.AdminCertificatePem);
        _folder.Write(BrokerProperties.TrustFile, options.Certificates.CaPem);
        _folder.Write(BrokerProperties.LogConfigFile, BrokerProperties.LogConfig);
        for (var id = 1; id <= options.Brokers; id++)
        {
            _folder.Write(PropertiesFile(id), properties.For(id));
        }
    }

    private async Task FormatAsync(int id)
    {
        string[] arguments =
        [
            "-XX:TieredStopAtLevel=1", LogConfigArgument, $"-Dbroker.log=format-{id}.log", "-cp", _installation.ClassPath,
            "kafka.tools.StorageTool", "format", "-t", ClusterId, "-c", PropertiesFile(id),
        ];
        await using var process = JavaProcess.Start(_installation.Java, arguments, _folder.Path);
        await process.Ended;
        if (process.ExitCode != 0)
        {
            throw new HopsKafkaException($"Kafka could not prepare {_folder.Path} for broker {id}: {process.Cause()}");
        }
    }

    private JavaProcess Launch(int id)
    {
        string[] arguments =
        [
            "-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", LogConfigArgument, $"-Dbroker.log={LogFile(id)}",
            "-cp", _installation.ClassPath, "kafka.Kafka", PropertiesFile(id),
        ];
        return JavaProcess.Start(_installation.Java, arguments, _folder.Path, Path.Combine(_folder.Path, LogFile(id)));
    }
}
