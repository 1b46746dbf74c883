using System.Buffers;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Producer.Inputs;

/// <summary>An event that is being made of a line; used again for the next.</summary>
/// <param name="schemaId">The schema's id in the registry, which the value begins with; null for a value without it.</param>
internal sealed class InputEvent(int? schemaId)
{
    private readonly int _framing = schemaId is null ? 0 : ConfluentFraming.Size;
    private readonly ArrayBufferWriter<byte> _value = new(1024);
    private readonly ArrayBufferWriter<byte> _key = new();

    /// <summary>Where the value's Avro binary is written to.</summary>
    public IBufferWriter<byte> ValueOutput => _value;

    /// <summary>Where the key is written to.</summary>
    public IBufferWriter<byte> KeyOutput => _key;

    /// <summary>Whether the value is none.</summary>
    public bool IsTombstone { get; set; }

    /// <summary>Whether it has a key, which may be empty.</summary>
    public bool HasKey { get; set; }

    /// <summary>Milliseconds since 1970; 0 for the moment when it is sent.</summary>
    public long Timestamp { get; set; }

    /// <summary>The partition that the input names; null for none.</summary>
    public int? Partition { get; set; }

    /// <summary>Headers of the event alone; null for none.</summary>
    public Headers? Headers { get; set; }

    /// <summary>What decides whether a row is the newest one of its key.</summary>
    public RowVersion Row { get; set; }

    /// <summary>Whether it is a row that does not belong into the online store.</summary>
    public bool IsOlder { get; set; }

    /// <summary>The key; a default span for none.</summary>
    public ReadOnlySpan<byte> Key => HasKey ? _key.WrittenCount > 0 ? _key.WrittenSpan : Array.Empty<byte>() : default;

    /// <summary>The value as it is sent; a default span for a tombstone.</summary>
    public ReadOnlySpan<byte> Value => IsTombstone ? default : _value.WrittenSpan;

    /// <summary>Whether the value begins with the schema's id.</summary>
    public bool IsFramed => schemaId is not null;

    /// <summary>The value's Avro binary.</summary>
    public ReadOnlySpan<byte> Avro => _value.WrittenSpan[_framing..];

    /// <summary>Makes it empty, but for the framing.</summary>
    public void Clear()
    {
        _value.ResetWrittenCount();
        _key.ResetWrittenCount();
        (IsTombstone, HasKey, Timestamp, Partition, Headers, IsOlder) = (false, false, 0, null, null, false);
        if (schemaId is { } id)
        {
            ConfluentFraming.Write(_value.GetSpan(ConfluentFraming.Size), id);
            _value.Advance(ConfluentFraming.Size);
        }
    }
}
