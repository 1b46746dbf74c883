using Avro;

namespace HopsKafka.Avro;

/// <summary>
/// Skips values by their schema and refuses what no writer makes. The Avro library's own skipping trusts lengths, and takes the
/// process down with a stack overflow on a schema that refers to itself. Values are counted against one limit per message, as
/// <see cref="HopsKafka.Avro.AvroValueReader"/> does.
/// </summary>
internal static class AvroSkipper
{
    private const int DeepestNesting = 100;

    /// <exception cref="BadMessageException">The bytes are no value of the schema.</exception>
    public static void Skip(ref AvroSpanReader reader, ref ValueLimit limit, global::Avro.Schema schema) => Walk(ref reader, ref limit, schema, 0);

    /// <summary>Reads which branch of a union follows.</summary>
    /// <exception cref="BadMessageException">There is no such branch.</exception>
    public static global::Avro.Schema Branch(ref AvroSpanReader reader, UnionSchema union) =>
        union.Schemas[Index(reader.ReadLong(), union.Count, "union branch")];

    private static void Walk(ref AvroSpanReader reader, ref ValueLimit limit, global::Avro.Schema schema, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw AvroSpanReader.Impossible("it is nested too deep");
        }

        switch (schema)
        {
            case RecordSchema record:
                WalkFields(ref reader, ref limit, record.Fields, depth);
                break;
            case UnionSchema union:
                Walk(ref reader, ref limit, Branch(ref reader, union), depth + 1);
                break;
            case ArraySchema array:
                WalkBlocks(ref reader, ref limit, array.ItemSchema, false, depth);
                break;
            case MapSchema map:
                WalkBlocks(ref reader, ref limit, map.ValueSchema, true, depth);
                break;
            case FixedSchema bytes:
                reader.ReadFixed(bytes.Size);
                break;
            case EnumSchema symbols:
                Index(reader.ReadLong(), symbols.Count, "enum symbol");
                break;
            case LogicalSchema logical:
                Walk(ref reader, ref limit, logical.BaseSchema, depth);
                break;
            default:
                WalkPrimitive(ref reader, schema.Tag);
                break;
        }
    }

    private static void WalkFields(ref AvroSpanReader reader, ref ValueLimit limit, List<Field> fields, int depth)
    {
        limit.Claim(fields.Count);
        foreach (var field in fields)
        {
            Walk(ref reader, ref limit, field.Schema, depth + 1);
        }
    }

    private static void WalkPrimitive(ref AvroSpanReader reader, global::Avro.Schema.Type type)
    {
        switch (type)
        {
            case global::Avro.Schema.Type.Null:
                break;
            case global::Avro.Schema.Type.Boolean:
                Index(reader.ReadFixed(1)[0], 2, "boolean");
                break;
            case global::Avro.Schema.Type.Int:
                reader.ReadInt();
                break;
            case global::Avro.Schema.Type.Long:
                reader.ReadLong();
                break;
            case global::Avro.Schema.Type.Float:
                reader.ReadFloat();
                break;
            case global::Avro.Schema.Type.Double:
                reader.ReadDouble();
                break;
            case global::Avro.Schema.Type.Bytes:
                reader.ReadLengthPrefixed();
                break;
            case global::Avro.Schema.Type.String:
                reader.ReadString();
                break;
            default:
                throw AvroSpanReader.Impossible($"its schema has a type {type}");
        }
    }

    private static void WalkBlocks(ref AvroSpanReader reader, ref ValueLimit limit, global::Avro.Schema item, bool isMap, int depth)
    {
        for (var count = reader.ReadBlockCount(); count > 0; count = reader.ReadBlockCount())
        {
            limit.Claim(count);
            for (; count > 0; count--)
            {
                if (isMap)
                {
                    reader.ReadString();
                }

                Walk(ref reader, ref limit, item, depth + 1);
            }
        }
    }

    private static int Index(long value, int count, string what) =>
        value >= 0 && value < count ? (int)value : throw AvroSpanReader.Impossible($"{what} {value} does not exist");
}
