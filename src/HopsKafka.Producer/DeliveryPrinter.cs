using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Producer;

/// <summary>
/// Prints a line for each delivered event. Lines are buffered and written twenty times a second, which saves system calls. Thread-safe.
/// </summary>
internal sealed class DeliveryPrinter : IDisposable
{
    private const int FlushThreshold = 32 * 1024;
    private const int MaxDigits = 20;

    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly StandardOutput _output;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Action<HopsKafkaException?> _onEnd;
    private readonly CancellationToken _stop;
    private readonly ITimer _timer;
    private readonly byte[] _produced;
    private bool _ended;
    private volatile bool _isBlocked;

    /// <summary>True while the reader of stdout does not read; delivery reports are blocked meanwhile.</summary>
    public bool IsBlocked => _isBlocked;

    /// <summary>Starts the timer that writes.</summary>
    /// <param name="topic">The topic that events are delivered to.</param>
    /// <param name="onEnd">Called once when stdout accepts no more output: with null if the reader closed it, otherwise with the failure.</param>
    /// <param name="stop">After cancellation, the wait for a blocked reader is limited to two seconds.</param>
    public DeliveryPrinter(string topic, Action<HopsKafkaException?> onEnd, CancellationToken stop)
        : this(topic, onEnd, CommandContext.Current.Output, CommandContext.Current.Time, stop)
    {
    }

    internal DeliveryPrinter(string topic, Action<HopsKafkaException?> onEnd, StandardOutput output, TimeProvider time, CancellationToken stop)
    {
        _output = output;
        _onEnd = onEnd;
        _stop = stop;
        _produced = Encoding.UTF8.GetBytes($" successfully produced to {topic} [");
        _timer = time.CreateTimer(_ => FlushUnlessBusy(), null, s_interval, s_interval);
    }

    /// <summary>Prints the tutorial's line for a delivered event.</summary>
    /// <param name="partition">The partition of the event.</param>
    public void PrintDelivery(SensorState sensor, int partition, long offset)
    {
        lock (_gate)
        {
            _buffer.Write("Sensor Event "u8);
            _buffer.Write(sensor.Key);
            _buffer.Write(_produced);
            Append(partition);
            _buffer.Write("] at offset "u8);
            Append(offset);
            EndLine();
        }
    }

    /// <summary>Prints a line.</summary>
    /// <param name="text">The line without line break.</param>
    /// <returns>False if stdout accepts no more output.</returns>
    public bool PrintLine(string text)
    {
        lock (_gate)
        {
            Encoding.UTF8.GetBytes(text, _buffer);
            EndLine();
            return !_ended;
        }
    }

    /// <summary>Writes the buffered lines.</summary>
    /// <returns>False if stdout accepts no more output.</returns>
    public bool Flush()
    {
        lock (_gate)
        {
            try
            {
                if (!_ended)
                {
                    Write();
                }
            }
            catch (HopsKafkaException e)
            {
                End(e);
            }

            _buffer.ResetWrittenCount();
            return !_ended;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Waits for a running callback: the caller may dispose next what onEnd cancels.
        _timer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Flush();
    }

    private void EndLine()
    {
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushThreshold)
        {
            Flush();
        }
    }

    private void Append(long number)
    {
        number.TryFormat(_buffer.GetSpan(MaxDigits), out var length, default, CultureInfo.InvariantCulture);
        _buffer.Advance(length);
    }

    private void Write()
    {
        var accepted = 0;
        Stopwatch? sinceStop = null;
        _output.CheckReader();
        _output.Write(
            _buffer.WrittenSpan,
            () =>
            {
                _isBlocked = true;
                sinceStop = _stop.IsCancellationRequested ? sinceStop ?? Stopwatch.StartNew() : null;
                return sinceStop is null || sinceStop.Elapsed < s_stopTimeout;
            },
            ref accepted);
        _isBlocked = false;
        if (accepted < _buffer.WrittenCount || !_output.HasReader)
        {
            End(null);
        }
    }

    private void End(HopsKafkaException? failure)
    {
        _ended = true;
        _onEnd(failure);
    }

    // A thread that waits for a slow reader holds the lock: the timer's thread must not wait as well.
    private void FlushUnlessBusy()
    {
        if (_gate.TryEnter())
        {
            try
            {
                Flush();
            }
            finally
            {
                _gate.Exit();
            }
        }
    }
}
