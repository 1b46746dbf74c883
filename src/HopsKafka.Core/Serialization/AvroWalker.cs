using Avro;

namespace HopsKafka.Serialization;

/// <summary>
/// Skips values by their schema and refuses what no writer makes. The Avro library's own skipping trusts lengths, and takes the
/// process down with a stack overflow on a schema that refers to itself.
/// </summary>
internal static class AvroWalker
{
    private const int DeepestNesting = 100;

    /// <exception cref="BadMessageException">The bytes are no value of the schema.</exception>
    public static void Skip(ref AvroSpanReader reader, Avro.Schema schema) => Walk(ref reader, schema, 0);

    /// <summary>Reads which branch of a union follows.</summary>
    /// <exception cref="BadMessageException">There is no such branch.</exception>
    public static Avro.Schema Branch(ref AvroSpanReader reader, UnionSchema union) =>
        union.Schemas[Index(reader.ReadLong(), union.Count, "union branch")];

    private static void Walk(ref AvroSpanReader reader, Avro.Schema schema, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw AvroSpanReader.Impossible("it is nested too deep");
        }

        switch (schema)
        {
            case RecordSchema record:
                WalkFields(ref reader, record.Fields, depth);
                break;
            case UnionSchema union:
                Walk(ref reader, Branch(ref reader, union), depth + 1);
                break;
            case ArraySchema array:
                WalkBlocks(ref reader, array.ItemSchema, false, depth);
                break;
            case MapSchema map:
                WalkBlocks(ref reader, map.ValueSchema, true, depth);
                break;
            case FixedSchema bytes:
                reader.ReadFixed(bytes.Size);
                break;
            case EnumSchema symbols:
                Index(reader.ReadLong(), symbols.Count, "enum symbol");
                break;
            case LogicalSchema logical:
                Walk(ref reader, logical.BaseSchema, depth);
                break;
            default:
                WalkPrimitive(ref reader, schema.Tag);
                break;
        }
    }

    private static void WalkFields(ref AvroSpanReader reader, List<Field> fields, int depth)
    {
        foreach (var field in fields)
        {
            Walk(ref reader, field.Schema, depth + 1);
        }
    }

    private static void WalkPrimitive(ref AvroSpanReader reader, Avro.Schema.Type type)
    {
        switch (type)
        {
            case Avro.Schema.Type.Null:
                break;
            case Avro.Schema.Type.Boolean:
                Index(reader.ReadFixed(1)[0], 2, "boolean");
                break;
            case Avro.Schema.Type.Int:
                reader.ReadInt();
                break;
            case Avro.Schema.Type.Long:
                reader.ReadLong();
                break;
            case Avro.Schema.Type.Float:
                reader.ReadFloat();
                break;
            case Avro.Schema.Type.Double:
                reader.ReadDouble();
                break;
            case Avro.Schema.Type.Bytes:
                reader.ReadLengthPrefixed();
                break;
            case Avro.Schema.Type.String:
                reader.ReadString();
                break;
            default:
                throw AvroSpanReader.Impossible($"its schema has a type {type}");
        }
    }

    // Blocks of items, each led by its count; a negative count is followed by the block's size in bytes.
    private static void WalkBlocks(ref AvroSpanReader reader, Avro.Schema item, bool isMap, int depth)
    {
        for (var count = reader.ReadLong(); count != 0; count = reader.ReadLong())
        {
            if (count < 0)
            {
                reader.ReadLong();
            }

            if (count == long.MinValue)
            {
                throw AvroSpanReader.Impossible($"a block has {count} items");
            }

            WalkItems(ref reader, Math.Abs(count), item, isMap, depth + 1);
        }
    }

    private static void WalkItems(ref AvroSpanReader reader, long count, Avro.Schema item, bool isMap, int depth)
    {
        for (; count > 0; count--)
        {
            var before = reader.Remaining;
            if (isMap)
            {
                reader.ReadString();
            }

            Walk(ref reader, item, depth);
            if (reader.Remaining == before)
            {
                // Items of no size: a few bytes may claim any number of them, and all are alike.
                return;
            }
        }
    }

    private static int Index(long value, int count, string what) =>
        value >= 0 && value < count ? (int)value : throw AvroSpanReader.Impossible($"{what} {value} does not exist");
}
