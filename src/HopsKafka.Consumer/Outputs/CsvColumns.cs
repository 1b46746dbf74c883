using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>The columns of a CSV output: one for each field, or one for the whole value.</summary>
internal sealed class CsvColumns
{
    private const int MaxColumns = 10_000;
    private const int MaxDepth = 100;

    private readonly AvroType? _root;
    private readonly int _schemaId;

    private CsvColumns(IReadOnlyList<FieldPath>? paths, DecodedEvent first)
    {
        Paths = paths;
        _root = first.Root;
        _schemaId = first.Schema?.Id ?? 0;
    }

    /// <summary>The fields; null for one column with the whole value.</summary>
    public IReadOnlyList<FieldPath>? Paths { get; }

    /// <summary>The columns of an event's schema.</summary>
    /// <param name="fields">The fields to show; null for all.</param>
    /// <exception cref="HopsKafkaException">The schema has too many fields.</exception>
    public static CsvColumns Of(IReadOnlyList<FieldPath>? fields, DecodedEvent first) =>
        new(fields ?? (first.Root is { } root && RecordIn(root) is { } record ? OfRecord(record, first) : null), first);

    /// <summary>The columns of a schema, for an output without events.</summary>
    /// <returns>The fields; null for one column with the whole value.</returns>
    public static IReadOnlyList<FieldPath>? OfSchema(AvroType root) =>
        RecordIn(root) is { } record ? [.. Flatten(record, "", []).Take(MaxColumns)] : null;

    /// <summary>Rejects an event of another schema.</summary>
    /// <exception cref="HopsKafkaException">The schemas differ.</exception>
    public void CheckSame(DecodedEvent decoded)
    {
        if (decoded.Value is not null && decoded.Root != _root)
        {
            throw new HopsKafkaException(
                $"The event at {decoded.Source.Topic} [{decoded.Partition}] offset {decoded.Offset} has schema {decoded.Schema?.Id}, "
                + $"but the columns are those of schema {_schemaId}.",
                "It was not committed. Read all with one schema (--reader-schema FILE), or use -o json, where each event has its own.");
        }
    }

    // A record with two fields of the same record type doubles the columns at each level.
    private static List<FieldPath> OfRecord(AvroType record, DecodedEvent first)
    {
        var paths = Flatten(record, "", []).Take(MaxColumns + 1).ToList();
        return paths.Count <= MaxColumns
            ? paths
            : throw new HopsKafkaException(
                $"The event at {first.Source.Topic} [{first.Partition}] offset {first.Offset} has schema {first.Schema?.Id}, which makes more "
                + $"than {MaxColumns} columns.",
                "It was not committed. Choose columns by --fields, or use -o json.");
    }

    // A recursive record stays one cell, as JSON; so does a record without fields.
    private static IEnumerable<FieldPath> Flatten(AvroType record, string prefix, AvroType[] around)
    {
        foreach (var field in record.Fields)
        {
            var path = prefix + field.Name;
            if (RecordIn(field.Type) is { Fields.Count: > 0 } part && part != record && !around.Contains(part) && around.Length < MaxDepth)
            {
                foreach (var inner in Flatten(part, path + ".", [.. around, record]))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return FieldPath.TryParse(path)!;
            }
        }
    }

    // The only record type of a value that is not null.
    private static AvroType? RecordIn(AvroType type) => type.Kind == "union"
        ? type.Branches.Where(branch => branch.Kind != "null").ToList() is [{ IsRecord: true } only] ? only : null
        : type.IsRecord ? type : null;
}
