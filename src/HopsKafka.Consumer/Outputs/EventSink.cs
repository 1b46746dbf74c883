using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Writes events and reports which of them were written: only those may be committed.</summary>
internal abstract class EventSink : IDisposable
{
    /// <summary>Whether events are pending.</summary>
    public abstract bool HasPending { get; }

    /// <summary>Whether pending events should be flushed.</summary>
    public abstract bool IsFull { get; }

    /// <summary>False after the reader closed the output.</summary>
    public abstract bool HasReader { get; }

    /// <summary>Checks for a closed reader while there is nothing to print.</summary>
    public abstract void CheckReader();

    /// <summary>Adds an event to write.</summary>
    /// <exception cref="HopsKafkaException">The output cannot represent it.</exception>
    public abstract void Add(DecodedEvent decoded);

    /// <summary>Adds an event that is not shown: it counts as written together with those before it.</summary>
    public abstract void Skip(int partition, long offset);

    /// <summary>Writes pending events.</summary>
    /// <param name="keepWaiting">Called repeatedly while the reader is slow; false ends the wait.</param>
    /// <param name="written">Called for the events that were written, in order.</param>
    /// <exception cref="HopsKafkaException">The output cannot be written.</exception>
    public abstract void Flush(Func<bool> keepWaiting, Action<PrintedRange> written);

    /// <summary>Writes the content of an output without events; no events may be pending.</summary>
    /// <param name="expected">The schema that values were expected to have; null if unknown.</param>
    /// <param name="keepWaiting">Called repeatedly while the reader is slow; false ends the wait.</param>
    /// <exception cref="HopsKafkaException">The output cannot be written.</exception>
    public virtual void Finish(AvroType? expected, Func<bool> keepWaiting)
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
