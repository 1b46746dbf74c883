using System.Buffers;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Turns events into bytes for stdout.</summary>
internal abstract class EventFormat : IDisposable
{
    /// <summary>Whether it buffers events until a later one determines their format.</summary>
    public virtual bool IsHolding => false;

    /// <summary>Writes one event, or holds it.</summary>
    /// <param name="buffer">Where to.</param>
    /// <exception cref="HopsKafkaException">It has no place in this output.</exception>
    public abstract void Write(IBufferWriter<byte> buffer, DecodedEvent decoded);

    /// <summary>Writes what each further file of one output begins with.</summary>
    /// <param name="buffer">Where to.</param>
    public virtual void BeginFile(IBufferWriter<byte> buffer)
    {
    }

    /// <summary>Writes what an output without any event has all the same.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="expected">The schema that values were expected to have; null where it is not known.</param>
    public virtual void Finish(IBufferWriter<byte> buffer, AvroType? expected)
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
