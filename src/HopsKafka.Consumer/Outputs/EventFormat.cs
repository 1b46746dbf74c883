using System.Buffers;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Formats events as bytes.</summary>
internal abstract class EventFormat : IDisposable
{
    /// <summary>Whether it buffers events until a later one determines their format.</summary>
    public virtual bool IsBuffering => false;

    /// <summary>Whether it can represent an event; others are left out.</summary>
    public virtual bool Accepts(DecodedEvent decoded) => true;

    /// <summary>Writes or buffers an event.</summary>
    /// <exception cref="HopsKafkaException">The output cannot represent it.</exception>
    public abstract void Write(IBufferWriter<byte> buffer, DecodedEvent decoded);

    /// <summary>Writes the header of each further file of one output.</summary>
    public virtual void BeginFile(IBufferWriter<byte> buffer)
    {
    }

    /// <summary>Writes the content of an output without events, such as its header.</summary>
    /// <param name="expected">The schema that values were expected to have; null if unknown.</param>
    public virtual void Finish(IBufferWriter<byte> buffer, AvroType? expected)
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
