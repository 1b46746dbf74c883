using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Producer;

/// <summary>
/// Tells that acknowledgements are missing: one line when a partition acknowledged nothing for five seconds although events wait
/// for it, one for each other answer of the brokers that is heard later, and one when acknowledgements come again. A failure tells itself.
/// </summary>
/// <param name="ledger">Knows what waits.</param>
/// <param name="printer">Knows when acknowledgements are not heard, because stdout is not read; null when nothing is printed.</param>
internal sealed class DeliveryStallMonitor(
    string topic, DeliveryLedger ledger, EventProducer producer, ConnectionMonitor watch, BrokerResponseTimes answers, DeliveryPrinter? printer) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly StallDetector _clock = new(CommandContext.Current.Time);
    private Timer? _timer;
    private bool _isOver;
    private bool _listens;
    private readonly HashSet<string> _told = [];
    private bool _isMissing;
    private TimeSpan _longest;

    /// <summary>Begins.</summary>
    public void Start() => _timer = new Timer(_ => Look(), null, s_tick, s_tick);

    /// <summary>All that can come has come: what was told as missing is told to be there.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (_isMissing && ledger is { Failed: 0, InFlight: 0 })
            {
                TellAgain();
            }

            _isOver = true;
        }
    }

    /// <summary>Ends: nothing is told from now on, and the producer may go.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
        }

        _timer?.Dispose();
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_isOver || ledger.Failed > 0)
            {
                return;
            }

            if (printer?.WaitsForReader == true)
            {
                _clock.Restart();
                return;
            }

            var waiting = ledger.Waiting();
            _clock.Look(waiting);
            Listen(_clock.Stalled(s_tick).Count > 0);
            var stalled = _clock.Stalled(s_patience);
            if (stalled.Count > 0)
            {
                TellMissing(stalled, [.. waiting.Where(w => stalled.ContainsKey(w.Key))]);
            }
            else if (_isMissing)
            {
                TellAgain();
            }
        }
    }

    private void TellAgain()
    {
        ConsoleLog.Info($"Acknowledgements from {topic} arrive again, after {_longest.TotalSeconds:0} s.");
        _isMissing = false;
        _told.Clear();
    }

    // From the first second on, so that the answer is known when it is to be told.
    private void Listen(bool isOn)
    {
        if (_listens == isOn)
        {
            return;
        }

        _listens = isOn;
        producer.Use(handle => answers.Listen(handle, isOn));
        if (isOn)
        {
            answers.Forget();
        }
    }

    private void TellMissing(IReadOnlyDictionary<int, TimeSpan> stalled, IReadOnlyList<KeyValuePair<int, PendingEvents>> waiting)
    {
        _longest = stalled.Values.Max();
        var answer = answers.Last ?? "";
        var sensors = ledger.HasSensors ? $" of {waiting.Sum(w => w.Value.Sensors)} sensors" : "";
        var events = $"{waiting.Sum(w => w.Value.Events)} events{sensors} wait";
        var isNew = answer.Length > 0 && _told.Add(answer);
        if (!_isMissing)
        {
            _isMissing = true;
            Warn(
                $"No acknowledgement from {Names(stalled.Keys)} for {_longest.TotalSeconds:0} s: {events}. {Why(answer)} "
                + $"Each is sent again for up to {producer.DeliveryTimeout.TotalSeconds:0.#} s (delivery.timeout.ms).");
        }
        else if (isNew)
        {
            Warn($"Still no acknowledgement from {Names(stalled.Keys)} after {_longest.TotalSeconds:0} s: {events}. {Why(answer)}");
        }
    }

    private void Warn(string text) => ConsoleLog.Warning(text, code: "not_acknowledged", fields: new LogFields(Topic: topic));

    private string Names(IEnumerable<int> partitions)
    {
        var known = partitions.Where(p => p != PendingEvents.NoPartition).Order().Select(p => $"[{p}]").ToList();
        return known.Count == 0 ? topic : $"{topic} {string.Join(", ", known)}";
    }

    private string Why(string answer) =>
        answer.Length > 0 ? $"The broker answers: {answer}."
        : watch.Failures is { Length: > 0 } failures ? $"Connections are broken: {failures}."
        : "No broker has answered.";
}
