using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.Common;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Kafka;

/// <summary>
/// Hears what librdkafka reports about its connections and turns it into few, plain lines: one when a connection is lost, one
/// when events flow again. Nothing of librdkafka's own log reaches the user. Thread-safe.
/// </summary>
internal sealed partial class ConnectionMonitor
{
    private const string Coordinator = "the group's coordinator";
    private const string Failed = "failed: ";
    private const int MostReasons = 5;

    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(10);

    // What was under way when a connection broke comes through shortly after, and says nothing about the connection.
    private static readonly TimeSpan s_underWay = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _failures = [];
    private readonly Dictionary<string, long> _toldAt = [];
    private readonly HashSet<string> _toldReasons = [];
    private long _lastTold;
    private volatile bool _lost;
    private bool _isTold;
    private bool _isBroken;
    private long _reconnects;
    private volatile bool _running;
    private volatile bool _allDown;

    /// <summary>Watches the connections of one client.</summary>
    /// <param name="logger">Gets losses and returns (information), errors (warning), and all that librdkafka logs (debug).</param>
    /// <param name="time">Measures; the system's when null.</param>
    public ConnectionMonitor(ILogger logger, TimeProvider? time = null)
    {
        _logger = logger;
        _time = time ?? TimeProvider.System;
    }

    internal ILogger Logger => _logger;

    /// <summary>True once librdkafka reported that no broker can be reached, until something came through again.</summary>
    public bool AllDown => _allDown;

    /// <summary>A failure after which this client can never work again; null while there is none.</summary>
    public Error? Fatal { get; private set; }

    /// <summary>What is known of each broker's last failure, each as <c>host:port: why</c>; empty when nothing failed.</summary>
    public string Failures
    {
        get
        {
            lock (_gate)
            {
                return string.Join("; ", _failures.Select(f => $"{f.Key}: {f.Value}"));
            }
        }
    }

    /// <summary>How often something came through again after a connection was lost, the start left out.</summary>
    public long Reconnects => Interlocked.Read(ref _reconnects);

    /// <summary>How many brokers failed since something came through. The connection to the group's coordinator is a second one to one of them.</summary>
    public int Failing
    {
        get
        {
            lock (_gate)
            {
                return _failures.Keys.Count(broker => broker != Coordinator);
            }
        }
    }

    /// <summary>Takes librdkafka's error events: for <c>SetErrorHandler</c>.</summary>
    public void OnError(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error.IsFatal)
        {
            Fatal = error;
        }

        if (error.Code == ErrorCode.Local_AllBrokersDown)
        {
            _allDown = true;
        }
        else if (IsConnectionFailure(error.Code))
        {
            Lost(error.Reason);
        }
        else if (!error.IsFatal)
        {
            KafkaLog.Warn(_logger, error.Reason);
        }
    }

    /// <summary>
    /// Takes librdkafka's log: for <c>SetLogHandler</c>. A connection that breaks is only logged, and a consumer that does not
    /// poll yet hears of no error at all, so the log is the surer source. What else it says is for librdkafka's developers.
    /// </summary>
    public void OnLog(LogMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            var text = DisplayText.Of(message.Message);
            KafkaLog.FromLibrdkafka(_logger, message.Facility, text);
        }

        if (message is { Facility: "FAIL", Level: < SyslogLevel.Debug })
        {
            Lost(message.Message);
        }
        else if (message.Level <= SyslogLevel.Critical && message.Facility != "FATAL")
        {
            KafkaLog.Warn(_logger, message.Message);
        }
    }

    /// <summary>The start is over: from now on a lost connection is told at once.</summary>
    public void StartTelling() => _running = true;

    /// <summary>Something came through: an acknowledgement or an event. Cheap enough to be called for each.</summary>
    public void Alive()
    {
        if (!_lost && !_allDown)
        {
            return;
        }

        lock (_gate)
        {
            if (_isTold && _time.GetElapsedTime(_lastTold) < s_underWay)
            {
                return;
            }

            if (_isTold)
            {
                _isTold = false;
                _toldReasons.Clear();
                KafkaLog.Connected(_logger);
            }

            if (_isBroken)
            {
                _isBroken = false;
                Interlocked.Increment(ref _reconnects);
            }

            _lost = false;
            _allDown = false;
            _failures.Clear();
        }
    }

    private static bool IsConnectionFailure(ErrorCode code) => code is ErrorCode.Local_Transport or ErrorCode.Local_Resolve
        or ErrorCode.Local_Ssl or ErrorCode.Local_BadMsg or ErrorCode.Local_Authentication or ErrorCode.Local_TimedOut or ErrorCode.BrokerNotAvailable;

    private void Lost(string reason)
    {
        var match = BrokerMessage().Match(reason).Groups;
        var (isCoordinator, why) = (match["coordinator"].Success, match["why"].Value);
        var broker = match["broker"].Success ? match["broker"].Value : isCoordinator ? Coordinator : "Kafka";
        // librdkafka's guesses behind the fact: "… : connecting to a PLAINTEXT broker listener?"
        why = why.Split(": connecting to ", 2)[0].Split(" (after ", 2)[0];
        why = why.StartsWith("Receive failed: Invalid response size", StringComparison.Ordinal)
            ? "what answers there is no Kafka broker (is it the port of the REST API?)"
            : why;
        if (why.StartsWith("Disconnected", StringComparison.Ordinal))
        {
            why = "the broker closed it";
        }

        lock (_gate)
        {
            // The coordinator is told by its address, but it is no second broker. Without one, librdkafka itself has let go of the
            // connection and asks who the coordinator is now: that is nothing to tell.
            _failures[isCoordinator ? Coordinator : broker] = why;
            if (_running && !_isTold && broker != Coordinator && IsNews(broker))
            {
                _isTold = true;
                _lastTold = _time.GetTimestamp();
                _toldReasons.Add(Core(why));
                KafkaLog.Lost(_logger, broker, why);
            }
            else if (_isTold && broker != Coordinator && IsNewReason(why))
            {
                _lastTold = _time.GetTimestamp();
                KafkaLog.StillLost(_logger, broker, why);
            }

            _lost = true;
            _isBroken |= _running && broker != Coordinator;
        }
    }

    // While a broker is down the others may work: its failures are told once in a while, not at each attempt.
    private bool IsNews(string broker)
    {
        var isNews = !_toldAt.TryGetValue(broker, out var before) || _time.GetElapsedTime(before) > s_calm;
        if (isNews)
        {
            _toldAt[broker] = _time.GetTimestamp();
        }

        return isNews;
    }

    // A broker that restarts refuses connections first: another reason is told when it stays, one about certificates at once, each only once.
    private bool IsNewReason(string why)
    {
        var stays = why.Contains("certificate", StringComparison.OrdinalIgnoreCase) || _time.GetElapsedTime(_lastTold) > s_calm;
        return stays && _toldReasons.Count < MostReasons && _toldReasons.Add(Core(why));
    }

    // "Connect to ipv4#127.0.0.1:9092 failed: Connection refused" differs from broker to broker only in the address.
    private static string Core(string why) => why[(why.LastIndexOf(Failed, StringComparison.Ordinal) is >= 0 and var at ? at + Failed.Length : 0)..];

    [GeneratedRegex(
        @"^(?:\[thrd:[^\]]*\]: )?(?<coordinator>\w*Coordinator(?:/\d+)?: )?(?:(?:\w+://)?(?<broker>[^/\s]+?)(?:/\w+)?: )?(?<why>.*?)(?: \(after \d+ms in state.*\))?$",
        RegexOptions.Singleline)]
    private static partial Regex BrokerMessage();
}
