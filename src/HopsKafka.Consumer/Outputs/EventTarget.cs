namespace HopsKafka.Consumer.Outputs;

/// <summary>A destination for the text of events.</summary>
internal abstract class EventTarget : IDisposable
{
    /// <summary>Number of buffered bytes at which to write.</summary>
    public abstract int FlushSize { get; }

    /// <summary>False after the reader closed the output.</summary>
    public abstract bool HasReader { get; }

    /// <summary>Checks the target while there is nothing to write.</summary>
    public abstract void CheckReader();

    /// <summary>Writes events.</summary>
    /// <param name="events">Number of events in the text.</param>
    /// <param name="keepWaiting">Called repeatedly while the reader is slow; false ends the wait.</param>
    /// <param name="accepted">Incremented by the number of bytes written.</param>
    /// <exception cref="Common.HopsKafkaException">The target cannot be written.</exception>
    public abstract void Write(ChunkedBuffer text, int events, Func<bool> keepWaiting, ref int accepted);

    /// <summary>Completes the output.</summary>
    /// <exception cref="Common.HopsKafkaException">The output cannot be completed.</exception>
    public virtual void Complete()
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
