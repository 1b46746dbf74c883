using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Producer;

/// <summary>
/// Logs missing acknowledgements: one warning if a partition with pending events acknowledges nothing for five seconds, one for each
/// further error that a broker returns, and one line when acknowledgements resume. Failed events are logged elsewhere.
/// </summary>
/// <param name="ledger">Counts the pending events.</param>
/// <param name="printer">Blocks the delivery reports while nobody reads stdout; null if nothing is printed.</param>
internal sealed class DeliveryStallMonitor(
    string topic,
    DeliveryLedger ledger,
    EventProducer producer,
    ConnectionMonitor connections,
    ProduceErrorMonitor produceErrors,
    DeliveryPrinter? printer) : IDisposable
{
    private static readonly TimeSpan s_stallTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly StallDetector _detector = new(CommandContext.Current.Time);
    private Timer? _timer;
    private bool _isFinished;
    private bool _isListening;
    private readonly HashSet<string> _reportedErrors = [];
    private bool _isStalled;
    private TimeSpan _longestStall;

    /// <summary>Starts to check once a second.</summary>
    public void Start() => _timer = new Timer(_ => Check(), null, s_interval, s_interval);

    /// <summary>Stops after the flush; reports the recovery if all events of a stall were acknowledged.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (_isStalled && ledger is { Failed: 0, InFlight: 0 })
            {
                ReportRecovery();
            }

            _isFinished = true;
        }
    }

    /// <summary>Stops; nothing is logged afterwards, and the producer may be disposed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isFinished = true;
        }

        _timer?.Dispose();
    }

    private void Check()
    {
        lock (_gate)
        {
            if (_isFinished || ledger.Failed > 0)
            {
                return;
            }

            if (printer?.IsBlocked == true)
            {
                _detector.Reset();
                return;
            }

            var pending = ledger.Pending();
            _detector.Update(pending);
            SetListening(_detector.Stalled(s_interval).Count > 0);
            var stalled = _detector.Stalled(s_stallTimeout);
            if (stalled.Count > 0)
            {
                ReportStall(stalled, [.. pending.Where(p => stalled.ContainsKey(p.Key))]);
            }
            else if (_isStalled)
            {
                ReportRecovery();
            }
        }
    }

    private void ReportRecovery()
    {
        ConsoleLog.Info($"Acknowledgements from {topic} resumed after {_longestStall.TotalSeconds:0} s.");
        _isStalled = false;
        _reportedErrors.Clear();
    }

    // From the first second of a stall on, so that the broker's error is known when the warning is due.
    private void SetListening(bool isOn)
    {
        if (_isListening == isOn)
        {
            return;
        }

        _isListening = isOn;
        producer.WithHandle(handle => produceErrors.SetListening(handle, isOn));
        if (isOn)
        {
            produceErrors.Reset();
        }
    }

    private void ReportStall(IReadOnlyDictionary<int, TimeSpan> stalled, IReadOnlyList<KeyValuePair<int, PendingEvents>> pending)
    {
        _longestStall = stalled.Values.Max();
        var error = produceErrors.LastError ?? "";
        var sensors = ledger.HasSensors ? $" of {pending.Sum(p => p.Value.Sensors)} sensors" : "";
        var events = $"{pending.Sum(p => p.Value.Events)} events{sensors} are pending";
        var isNew = error.Length > 0 && _reportedErrors.Add(error);
        if (!_isStalled)
        {
            _isStalled = true;
            Warn(
                $"No acknowledgement from {Describe(stalled.Keys)} for {_longestStall.TotalSeconds:0} s: {events}. {ReasonFor(error)} "
                + $"Each event is retried for up to {producer.DeliveryTimeout.TotalSeconds:0.#} s (delivery.timeout.ms).");
        }
        else if (isNew)
        {
            Warn($"Still no acknowledgement from {Describe(stalled.Keys)} after {_longestStall.TotalSeconds:0} s: {events}. {ReasonFor(error)}");
        }
    }

    private void Warn(string text) => ConsoleLog.Warning(text, WarningCodes.NotAcknowledged, fields: new LogFields(Topic: topic));

    private string Describe(IEnumerable<int> partitions)
    {
        var known = partitions.Where(p => p != PendingEvents.NoPartition).Order().Select(p => $"[{p}]").ToList();
        return known.Count == 0 ? topic : $"{topic} {string.Join(", ", known)}";
    }

    private string ReasonFor(string error) =>
        error.Length > 0 ? $"The broker returns: {error}."
        : connections.Failures is { Length: > 0 } failures ? $"Connections failed: {failures}."
        : "No broker has responded.";
}
