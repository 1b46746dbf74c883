using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Producer;

/// <summary>
/// Prints a line for each delivered event. Lines are collected and written twenty times a second, so that a fast run does
/// not spend its time in system calls. Thread-safe.
/// </summary>
internal sealed class DeliveryPrinter : IDisposable
{
    private const int FullBuffer = 32 * 1024;
    private const int LongestNumber = 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly StandardOutput _output;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Action<HopsKafkaException?> _onEnd;
    private readonly CancellationToken _stop;
    private readonly ITimer _timer;
    private readonly byte[] _produced;
    private bool _ended;
    private volatile bool _waits;

    /// <summary>True while the reader of stdout takes nothing; no report is heard then.</summary>
    public bool WaitsForReader => _waits;

    /// <summary>Starts to print.</summary>
    /// <param name="topic">The topic that events are delivered to.</param>
    /// <param name="onEnd">Called once when stdout takes no more: null when the reader went away, else the failure.</param>
    /// <param name="stop">From then on a reader that takes nothing is waited for no longer than two seconds.</param>
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

    /// <summary>Prints the line of the tutorial.</summary>
    /// <param name="partition">The partition it was delivered to.</param>
    public void Delivered(SensorState track, int partition, long offset)
    {
        lock (_gate)
        {
            _buffer.Write("Sensor Event "u8);
            _buffer.Write(track.Key);
            _buffer.Write(_produced);
            Append(partition);
            _buffer.Write("] at offset "u8);
            Append(offset);
            EndLine();
        }
    }

    /// <summary>Prints a line.</summary>
    /// <param name="text">The line without its end.</param>
    /// <returns>False when stdout takes no more.</returns>
    public bool Line(string text)
    {
        lock (_gate)
        {
            Encoding.UTF8.GetBytes(text, _buffer);
            EndLine();
            return !_ended;
        }
    }

    /// <summary>Writes what is collected.</summary>
    /// <returns>False when stdout takes no more.</returns>
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
        // Waits for a callback that is under way: what onEnd cancels may be disposed next.
        _timer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Flush();
    }

    private void EndLine()
    {
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FullBuffer)
        {
            Flush();
        }
    }

    private void Append(long number)
    {
        number.TryFormat(_buffer.GetSpan(LongestNumber), out var length, default, CultureInfo.InvariantCulture);
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
                _waits = true;
                sinceStop = _stop.IsCancellationRequested ? sinceStop ?? Stopwatch.StartNew() : null;
                return sinceStop is null || sinceStop.Elapsed < s_patience;
            },
            ref accepted);
        _waits = false;
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

    // A thread that waits for a slow reader holds the gate: the timer's need not wait as well.
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
