using System.Buffers;
using System.Globalization;
using System.Text;
using HopsKafka.Cli;
using HopsKafka.Serialization;

namespace HopsKafka.Consumer;

/// <summary>
/// Collects events as text and writes them in one go. It knows which events the system accepted: only those count as printed.
/// </summary>
/// <param name="quiet">Write nothing; every event counts as printed.</param>
internal sealed class EventPrinter(bool quiet)
{
    private const int FullBuffer = 32 * 1024;
    private const int FullBatch = 1024;

    private static readonly SearchValues<byte> s_wholeNumber = SearchValues.Create("-0123456789"u8);

    private readonly StandardOutput _output = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(FullBuffer + 4096);
    private readonly List<Pending> _pending = new(FullBatch);

    /// <summary>Whether events wait to be written.</summary>
    public bool HasPending => _pending.Count > 0;

    /// <summary>Whether it is time to write.</summary>
    public bool IsFull => _buffer.WrittenCount >= FullBuffer || _pending.Count >= FullBatch;

    /// <summary>False once the reader of stdout went away.</summary>
    public bool HasReader => _output.HasReader;

    /// <summary>Notices a reader that went away while there was nothing to print.</summary>
    public void CheckReader()
    {
        if (!quiet)
        {
            _output.CheckReader();
        }
    }

    /// <summary>Takes an event as the tutorial prints it.</summary>
    /// <param name="partition">Where it comes from.</param>
    /// <param name="offset">Its offset there.</param>
    /// <param name="reading">The event.</param>
    public void Add(int partition, long offset, in SensorReading reading)
    {
        if (!quiet)
        {
            Write("Event record "u8);
            WriteText(reading.Id);
            Write(": id: "u8);
            WriteText(reading.Id);
            Write("\n\ttimestamp: "u8);
            WriteText(Timestamps.Iso(reading.Timestamp));
            Write("\n\tvalue: "u8);
            WriteNumber(reading.Value);
            Write("\n"u8);
        }

        _pending.Add(new Pending(partition, offset, _buffer.WrittenCount));
    }

    /// <summary>Takes an event without a value.</summary>
    /// <param name="partition">Where it comes from.</param>
    /// <param name="offset">Its offset there.</param>
    /// <param name="key">Its key as text.</param>
    public void AddTombstone(int partition, long offset, string key)
    {
        if (!quiet)
        {
            Write("Event record "u8);
            WriteText(key);
            Write(": null\n"u8);
        }

        _pending.Add(new Pending(partition, offset, _buffer.WrittenCount));
    }

    /// <summary>Writes what is collected.</summary>
    /// <param name="keepWaiting">Called now and then while the reader is slow; false gives up.</param>
    /// <param name="printed">Called for each event that the system accepted whole, in order: partition, offset.</param>
    /// <exception cref="HopsKafkaException">Stdout cannot be written.</exception>
    public void Flush(Func<bool> keepWaiting, Action<int, long> printed)
    {
        var accepted = 0;
        try
        {
            _output.Write(_buffer.WrittenSpan, keepWaiting, ref accepted);
        }
        finally
        {
            foreach (var pending in _pending)
            {
                if (pending.EndsAt <= accepted)
                {
                    printed(pending.Partition, pending.Offset);
                }
            }

            _pending.Clear();
            _buffer.ResetWrittenCount();
        }
    }

    private void Write(ReadOnlySpan<byte> text) => _buffer.Write(text);

    // Control characters of a stranger's event must neither break the lines nor reach the terminal.
    private void WriteText(string text)
    {
        if (!text.Any(char.IsControl))
        {
            Encoding.UTF8.GetBytes(text, _buffer);
            return;
        }

        foreach (var character in text)
        {
            Encoding.UTF8.GetBytes(char.IsControl(character) ? $"\\u{(int)character:x4}" : character.ToString(), _buffer);
        }
    }

    private void WriteNumber(double value)
    {
        var room = _buffer.GetSpan(32);
        value.TryFormat(room, out var length, default, CultureInfo.InvariantCulture);
        if (room[..length].IndexOfAnyExcept(s_wholeNumber) < 0)
        {
            // A whole number, as the tutorial's language prints a float.
            ".0"u8.CopyTo(room[length..]);
            length += 2;
        }

        _buffer.Advance(length);
    }

    private readonly record struct Pending(int Partition, long Offset, int EndsAt);
}
