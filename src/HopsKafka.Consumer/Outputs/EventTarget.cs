namespace HopsKafka.Consumer.Outputs;

/// <summary>Where the text of events goes.</summary>
internal abstract class EventTarget : IDisposable
{
    /// <summary>Bytes that are written in one go.</summary>
    public abstract int FullBuffer { get; }

    /// <summary>False once nobody takes the output any more.</summary>
    public abstract bool HasReader { get; }

    /// <summary>Notices what happened while there was nothing to write.</summary>
    public abstract void CheckReader();

    /// <summary>Writes.</summary>
    /// <param name="events">How many events the text holds.</param>
    /// <param name="keepWaiting">Called now and then while the reader is slow; false gives up.</param>
    /// <param name="accepted">Grows by the bytes that are safe where they belong.</param>
    /// <exception cref="Common.HopsKafkaException">The target cannot be written.</exception>
    public abstract void Write(ChunkedBuffer text, int events, Func<bool> keepWaiting, ref int accepted);

    /// <summary>All is written.</summary>
    /// <exception cref="Common.HopsKafkaException">The output cannot be completed.</exception>
    public virtual void Complete()
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
