using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>
/// Finds out which error the brokers return to produce requests. librdkafka retries these and reports them only in its debug log, whose
/// lines cost nothing until the log level is raised. Thread-safe.
/// </summary>
internal sealed partial class ProduceErrorMonitor
{
    private const string DebugContext = "msg";
    private const int Info = 6;
    private const int Debug = 7;

    private bool _ownsDebugLog;
    private volatile string? _lastError;

    /// <summary>The last error that a broker returned, as a clause; null if none is known.</summary>
    public string? LastError => _lastError;

    /// <summary>Enables the debug context that the errors are logged in.</summary>
    /// <param name="settings">The producer's properties. A <c>debug</c> property that the user set is not changed.</param>
    public void Configure(ProducerConfig settings)
    {
        _ownsDebugLog |= settings.Debug is null;
        settings.Debug ??= DebugContext;
    }

    /// <summary>Turns the debug log of a producer on or off.</summary>
    public void SetListening(Handle producer, bool isOn)
    {
        if (_ownsDebugLog)
        {
            NativeHandle.SetLogLevel(producer, isOn ? Debug : Info);
        }
    }

    /// <summary>Clears <see cref="LastError"/>.</summary>
    public void Reset() => _lastError = null;

    /// <summary>Reads a line of librdkafka's log.</summary>
    /// <returns>True if the line was logged only for this class, so that it is not to be logged elsewhere.</returns>
    public bool OnLog(LogMessage message)
    {
        if (message.Level != SyslogLevel.Debug)
        {
            return false;
        }

        if (message.Facility == "MSGSET" && BrokerError().Match(message.Message) is { Success: true } match)
        {
            _lastError = Explain(match.Groups["reason"].Value);
        }

        return _ownsDebugLog;
    }

    private static string Explain(string reason) => reason switch
    {
        "Not enough in-sync replicas" or "Message(s) written to insufficient number of in-sync replicas" =>
            "NOT_ENOUGH_REPLICAS, fewer replicas are in sync than the topic's min.insync.replicas requires",
        "Request timed out" => "REQUEST_TIMED_OUT, the other replicas did not confirm in time",
        _ => reason,
    };

    [GeneratedRegex(@" encountered error: Broker: (?<reason>.*) \(actions ")]
    private static partial Regex BrokerError();
}
