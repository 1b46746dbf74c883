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
    private readonly List<JavaProcess> _exited = [];

    // Until the end, for a broker listens only some seconds after its start, and not while it is down.
    private PortReservation? _reservation;

    private TokenIssuer? _tokens;
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
    public static async Task<RealBrokers> StartAsync(
        RealKafkaOptions options, IReadOnlyList<BrokerPorts> ports, CancellationToken cancellationToken)
    {
        var brokers = new RealBrokers(KafkaInstallation.Find(options.Home), new PrivateFolder(options.Folder));
        try
        {
            brokers._reservation = await PortReservation.ReserveAsync(
                ports.SelectMany(port => (int[])[port.Client, port.Controller, port.Admin]), options.Notice, cancellationToken);
            brokers.WriteFiles(options, new BrokerProperties(ports, options.ProxiedListeners, options.Security, options.Tokens));
            var ids = Enumerable.Range(1, ports.Count).ToList();
            await Task.WhenAll(ids.Select(brokers.FormatAsync));
            brokers._tokens = options.Tokens;
            brokers._processes.AddRange(ids.Select(brokers.Launch));
            return brokers;
        }
        catch
        {
            await brokers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the first broker that exits by itself.</summary>
    /// <returns>Which one, and why; null when the brokers were stopped.</returns>
    public async Task<string?> WaitForFirstExitAsync()
    {
        var first = _processes.ToList();
        var exited = await Task.WhenAny(first.Select(process => process.Exited));
        if (_stopping)
        {
            return null;
        }

        var broker = first.FindIndex(process => process.Exited == exited);
        return $"Kafka's broker {broker + 1} exited with code {first[broker].ExitCode}: {first[broker].Cause()}";
    }

    /// <summary>Starts a broker that has exited again, on its data.</summary>
    /// <param name="id">Id of the broker, from 1.</param>
    /// <returns>When it was started.</returns>
    public async Task RestartAsync(int id)
    {
        await _processes[id - 1].Exited;
        _exited.Add(_processes[id - 1]);
        _processes[id - 1] = Launch(id);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        await Task.WhenAll(_processes.Concat(_exited).Select(process => process.DisposeAsync().AsTask()));
        _folder.Dispose();
        _reservation?.Dispose();
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
        await process.Exited;
        if (process.ExitCode != 0)
        {
            throw new HopsKafkaException($"Kafka could not prepare {_folder.Path} for broker {id}: {process.Cause()}");
        }
    }

    private JavaProcess Launch(int id)
    {
        string[] arguments =
        [
            "-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", LogConfigArgument, $"-Dbroker.log={LogFile(id)}", .. _tokens is null ? [] : (string[])[_tokens.JavaArgument],
            "-cp", _installation.ClassPath, "kafka.Kafka", PropertiesFile(id),
        ];
        return JavaProcess.Start(_installation.Java, arguments, _folder.Path, Path.Combine(_folder.Path, LogFile(id)));
    }
}
