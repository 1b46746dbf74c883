using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Takes events and knows which of them are safe where they belong: only those may be committed.</summary>
internal abstract class EventSink : IDisposable
{
    /// <summary>Whether events wait to be written.</summary>
    public abstract bool HasPending { get; }

    /// <summary>Whether it is time to write.</summary>
    public abstract bool IsFull { get; }

    /// <summary>False after the reader closed the output.</summary>
    public abstract bool HasReader { get; }

    /// <summary>Notices a reader that went away while there was nothing to print.</summary>
    public abstract void CheckReader();

    /// <summary>Takes an event to write.</summary>
    /// <exception cref="HopsKafkaException">It has no place in this output.</exception>
    public abstract void Add(DecodedEvent decoded);

    /// <summary>Takes an event that is not to be shown: it counts as written together with those before it.</summary>
    /// <param name="partition">Where it comes from.</param>
    public abstract void Pass(int partition, long offset);

    /// <summary>Writes what is collected.</summary>
    /// <param name="keepWaiting">Called repeatedly while the reader is slow; false ends the wait.</param>
    /// <param name="written">Called for the events that are safe, in order.</param>
    /// <exception cref="HopsKafkaException">The output cannot be written.</exception>
    public abstract void Flush(Func<bool> keepWaiting, Action<PrintedRange> written);

    /// <summary>Writes what an output without any event has all the same; nothing may wait to be written.</summary>
    /// <param name="expected">The schema that values were expected to have; null where it is not known.</param>
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
