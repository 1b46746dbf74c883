using System.Buffers;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Turns events into bytes for stdout.</summary>
internal abstract class EventFormat : IDisposable
{
    /// <summary>Whether it keeps the last event, and maybe those before it, until a later one says how they look.</summary>
    public virtual bool IsHolding => false;

    /// <summary>Writes one event, or holds it.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="decoded">The event.</param>
    /// <exception cref="HopsKafkaException">It has no place in this output.</exception>
    public abstract void Write(IBufferWriter<byte> buffer, DecodedEvent decoded);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
