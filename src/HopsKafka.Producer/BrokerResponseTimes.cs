using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Producer;

/// <summary>
/// Hears why the brokers do not take events. librdkafka sends such events again and tells nobody but its log, in lines for
/// developers, which cost nothing until their level is turned up. Thread-safe.
/// </summary>
internal sealed partial class BrokerResponseTimes
{
    private const string Context = "msg";
    private const int Info = 6;
    private const int Debug = 7;

    private bool _isOurs;
    private volatile string? _last;

    /// <summary>What a broker answered last, as a clause; null when nothing was heard.</summary>
    public string? Last => _last;

    /// <summary>Prepares to listen.</summary>
    /// <param name="settings">The producer's properties. If the user wants other lines of the log, these are left as they are.</param>
    public void Prepare(ProducerConfig settings)
    {
        _isOurs |= settings.Debug is null;
        settings.Debug ??= Context;
    }

    /// <summary>Listens from now on, or no longer.</summary>
    /// <param name="isOn">Whether to listen.</param>
    public void Listen(Handle producer, bool isOn)
    {
        if (_isOurs)
        {
            NativeHandle.SetLogLevel(producer, isOn ? Debug : Info);
        }
    }

    /// <summary>Forgets what was heard.</summary>
    public void Forget() => _last = null;

    /// <summary>Takes a line of librdkafka's log.</summary>
    /// <returns>Whether it is for nobody else.</returns>
    public bool Hear(LogMessage message)
    {
        if (message.Level != SyslogLevel.Debug)
        {
            return false;
        }

        if (message.Facility == "MSGSET" && Refusal().Match(message.Message) is { Success: true } match)
        {
            _last = Explain(match.Groups["why"].Value);
        }

        return _isOurs;
    }

    private static string Explain(string why) => why switch
    {
        "Not enough in-sync replicas" or "Message(s) written to insufficient number of in-sync replicas" =>
            "NOT_ENOUGH_REPLICAS, fewer replicas are in sync than the topic's min.insync.replicas requires",
        "Request timed out" => "REQUEST_TIMED_OUT, the other replicas did not confirm in time",
        _ => why,
    };

    [GeneratedRegex(@" encountered error: Broker: (?<why>.*) \(actions ")]
    private static partial Regex Refusal();
}
