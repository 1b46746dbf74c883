using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.Common;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Kafka;

/// <summary>
/// Summarizes what librdkafka reports about its connections: one message when a connection is lost, one when events arrive again.
/// librdkafka's own log is only written at debug level. Thread-safe.
/// </summary>
internal sealed partial class ConnectionMonitor
{
    private const string Coordinator = "the group's coordinator";
    private const string Failed = "failed: ";
    private const string NoToken = "Failed to acquire SASL OAUTHBEARER token";
    private const int MaxReasons = 5;

    private static readonly TimeSpan s_quietPeriod = TimeSpan.FromSeconds(10);

    // Responses that were in flight when a connection broke still arrive shortly after; they do not show that it is back.
    private static readonly TimeSpan s_inFlightWindow = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _failures = [];
    private readonly Dictionary<string, long> _loggedAt = [];
    private readonly HashSet<string> _loggedReasons = [];
    private long _lastLogged;
    private volatile bool _lost;
    private bool _isLossLogged;
    private bool _isBroken;
    private long _reconnects;
    private volatile bool _isReporting;
    private volatile bool _allBrokersDown;

    /// <summary>Monitors the connections of one client.</summary>
    /// <param name="logger">Gets lost and restored connections (information), errors (warning), and librdkafka's log (debug).</param>
    /// <param name="time">The clock; the system's if null.</param>
    public ConnectionMonitor(ILogger logger, TimeProvider? time = null)
    {
        _logger = logger;
        _time = time ?? TimeProvider.System;
    }

    internal ILogger Logger => _logger;

    /// <summary>True after librdkafka reported that all brokers are down, until the next activity.</summary>
    public bool AllBrokersDown => _allBrokersDown;

    /// <summary>The client's fatal error; null if there is none.</summary>
    public Error? FatalError { get; private set; }

    /// <summary>The last failure of each broker, as <c>host:port: cause</c>, separated by semicolons; empty if there is none.</summary>
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

    /// <summary>Number of brokers that failed since the last activity. The connection to the group's coordinator is a second one to one of them, and does not count.</summary>
    public int FailedBrokers
    {
        get
        {
            lock (_gate)
            {
                return _failures.Keys.Count(broker => broker != Coordinator);
            }
        }
    }

    /// <summary>Handles librdkafka's error events: for <c>SetErrorHandler</c>.</summary>
    public void OnError(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error.IsFatal)
        {
            FatalError = error;
        }

        if (error.Code == ErrorCode.Local_AllBrokersDown)
        {
            _allBrokersDown = true;
        }
        else if (_isReporting && error.Reason.StartsWith(NoToken, StringComparison.Ordinal))
        {
            // No connection is lost.
            KafkaLog.KafkaError(_logger, $"{error.Reason.TrimEnd('.')}. The last token is used until it expires.");
        }
        else if (IsConnectionFailure(error.Code))
        {
            OnConnectionFailure(error.Reason);
        }
        else if (!error.IsFatal)
        {
            KafkaLog.KafkaError(_logger, error.Reason);
        }
    }

    /// <summary>
    /// Handles librdkafka's log: for <c>SetLogHandler</c>. librdkafka only logs a broken connection, and a consumer that does not poll yet gets
    /// no error event at all, so the log is the more reliable source.
    /// </summary>
    public void OnLog(LogMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            var text = DisplayText.Of(message.Message);
            KafkaLog.LibrdkafkaLog(_logger, message.Facility, text);
        }

        var isFailure = message.Facility == "FAIL" || (message.Facility is "OIDC" or "JWT" && !_isReporting);
        if (isFailure && message.Level < SyslogLevel.Debug)
        {
            OnConnectionFailure(message.Message);
        }
        else if (message.Level <= SyslogLevel.Critical && message.Facility != "FATAL")
        {
            KafkaLog.KafkaError(_logger, message.Message);
        }
    }

    /// <summary>Starts to log lost connections; before, they are only collected for <see cref="Failures"/>.</summary>
    public void StartReporting() => _isReporting = true;

    /// <summary>To be called for each acknowledgement or event that arrives: connections work. Cheap.</summary>
    public void OnActivity()
    {
        if (!_lost && !_allBrokersDown)
        {
            return;
        }

        lock (_gate)
        {
            if (_isLossLogged && _time.GetElapsedTime(_lastLogged) < s_inFlightWindow)
            {
                return;
            }

            if (_isLossLogged)
            {
                _isLossLogged = false;
                _loggedReasons.Clear();
                KafkaLog.Reconnected(_logger);
            }

            if (_isBroken)
            {
                _isBroken = false;
                Interlocked.Increment(ref _reconnects);
            }

            _lost = false;
            _allBrokersDown = false;
            _failures.Clear();
        }
    }

    private static bool IsConnectionFailure(ErrorCode code) => code is ErrorCode.Local_Transport or ErrorCode.Local_Resolve
        or ErrorCode.Local_Ssl or ErrorCode.Local_BadMsg or ErrorCode.Local_Authentication or ErrorCode.Local_TimedOut or ErrorCode.BrokerNotAvailable;

    private void OnConnectionFailure(string reason)
    {
        var match = BrokerMessage().Match(reason).Groups;
        var (isCoordinator, cause) = (match["coordinator"].Success, match["cause"].Value);
        var broker = match["broker"].Success ? match["broker"].Value : isCoordinator ? Coordinator : "Kafka";
        // librdkafka appends guesses such as ": connecting to a PLAINTEXT broker listener?".
        cause = cause.Split(": connecting to ", 2)[0].Split(" (after ", 2)[0];
        cause = cause.StartsWith("Receive failed: Invalid response size", StringComparison.Ordinal)
            ? "the server is not a Kafka broker (is it the port of the REST API?)"
            : cause;
        if (cause.StartsWith("Disconnected", StringComparison.Ordinal))
        {
            cause = "the broker closed it";
        }

        lock (_gate)
        {
            // The coordinator is logged by its address, but it is not another broker. Without an address, librdkafka itself closed the
            // connection to look up the coordinator, which is not logged.
            _failures[isCoordinator ? Coordinator : broker] = cause;
            if (_isReporting && !_isLossLogged && broker != Coordinator && ShouldLog(broker))
            {
                _isLossLogged = true;
                _lastLogged = _time.GetTimestamp();
                _loggedReasons.Add(WithoutAddress(cause));
                KafkaLog.ConnectionLost(_logger, broker, cause);
            }
            else if (_isLossLogged && broker != Coordinator && ShouldLogReason(cause))
            {
                _lastLogged = _time.GetTimestamp();
                KafkaLog.ConnectionStillLost(_logger, broker, cause);
            }

            _lost = true;
            _isBroken |= _isReporting && broker != Coordinator;
        }
    }

    // While a broker is down the others may work, so its failures are logged at intervals, not for each attempt.
    private bool ShouldLog(string broker)
    {
        var isNew = !_loggedAt.TryGetValue(broker, out var before) || _time.GetElapsedTime(before) > s_quietPeriod;
        if (isNew)
        {
            _loggedAt[broker] = _time.GetTimestamp();
        }

        return isNew;
    }

    // A restarting broker first refuses connections. So another cause is logged only if it persists, one about certificates at once, each only once.
    private bool ShouldLogReason(string cause)
    {
        var persists = cause.Contains("certificate", StringComparison.OrdinalIgnoreCase) || _time.GetElapsedTime(_lastLogged) > s_quietPeriod;
        return persists && _loggedReasons.Count < MaxReasons && _loggedReasons.Add(WithoutAddress(cause));
    }

    // "Connect to ipv4#127.0.0.1:9092 failed: Connection refused" differs from broker to broker only in the address.
    private static string WithoutAddress(string cause) => cause[(cause.LastIndexOf(Failed, StringComparison.Ordinal) is >= 0 and var at ? at + Failed.Length : 0)..];

    [GeneratedRegex(
        @"^(?:\[thrd:[^\]]*\]: )?(?<coordinator>\w*Coordinator(?:/\d+)?: )?(?:(?:\w+://)?(?<broker>[^/\s]+?)(?:/\w+)?: )?(?<cause>.*?)(?: \(after \d+ms in state.*\))?$",
        RegexOptions.Singleline)]
    private static partial Regex BrokerMessage();
}
