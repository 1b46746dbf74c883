using System.IO.Hashing;
using HopsKafka.JsonEncoding;

namespace HopsKafka.FeatureGroups;

/// <summary>
/// Encodes rows of a feature group as the official client does: the bare Avro of the record, in the order of the schema, and the text of the primary key.
/// For one thread at a time.
/// </summary>
internal sealed class RowEncoder
{
    private readonly RowObjectEncoder _row;
    private readonly AvroJsonEncoder _encoder;

    /// <summary>Makes the encoder of a feature group.</summary>
    /// <param name="isDelete">Whether rows are deleted: only the primary key counts, all other features are written as null.</param>
    /// <param name="ignoreUnknownFeatures">Whether features that the feature group does not have are skipped.</param>
    public RowEncoder(RowLayout layout, bool isDelete = false, bool ignoreUnknownFeatures = false)
    {
        _row = new RowObjectEncoder(layout, isDelete);
        _encoder = new AvroJsonEncoder(_row, ignoreUnknownFeatures);
    }

    /// <summary>The text of the last row's key in UTF-8, until the next row; empty if there is no primary key.</summary>
    public ReadOnlySpan<byte> Key => _row.Key;

    /// <summary>What makes the last row's key differ from others, even if their text is the same; until the next row.</summary>
    public ReadOnlySpan<byte> Identity => _row.Identity;

    /// <summary>The event time of the last row in the units of its type: microseconds, days, or the number; null for none.</summary>
    public long? EventTime => _row.EventTime;

    /// <summary>What decides whether the last row is the newest one of its key.</summary>
    public RowVersion Version => new(XxHash128.HashToUInt128(_row.Identity), _row.EventTime);

    /// <summary>Encodes a row.</summary>
    /// <param name="json">A JSON object in UTF-8.</param>
    /// <returns>The record, until the next row.</returns>
    /// <exception cref="AvroEncodingException">It is not a row of the feature group; the message names the feature.</exception>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> json) => _encoder.Encode(json);
}
