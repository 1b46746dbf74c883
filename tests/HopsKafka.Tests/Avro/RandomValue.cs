using Avro;
using Avro.Generic;
using HopsKafka.Avro;

namespace HopsKafka.Tests.Avro;

/// <summary>Random values as Apache.Avro's generic writer takes them, and whether a decoded value is the same.</summary>
/// <param name="random">With a fixed seed.</param>
internal sealed class RandomValue(Random random)
{
    private static readonly string[] s_texts = ["", "a", "naïve", "😀 \"quoted\",\r\n\t", "\u0000\u001b\u0085\u2028", new('x', 200)];

    public object? Of(Schema schema, int depth = 0) => schema switch
    {
        RecordSchema record => Record(record, depth),
        UnionSchema union => Of(Branch(union, depth), depth + 1),
        ArraySchema array => Enumerable.Range(0, Count(depth)).Select(_ => Of(array.ItemSchema, depth + 1)).ToArray(),
        MapSchema map => Enumerable.Range(0, Count(depth)).ToDictionary(i => s_texts[i] + i, _ => Of(map.ValueSchema, depth + 1)!),
        FixedSchema bytes => new GenericFixed(bytes, Bytes(bytes.Size)),
        EnumSchema symbols => new GenericEnum(symbols, symbols.Symbols[random.Next(symbols.Count)]),
        _ => Primitive(schema.Tag),
    };

    /// <summary>Compares value by value.</summary>
    public static void AssertSame(object? expected, AvroValue actual)
    {
        switch (expected)
        {
            case null:
                Assert.True(actual.IsNull);
                break;
            case bool b:
                Assert.Equal(("boolean", b), (actual.Type.Kind, actual.Boolean));
                break;
            case int or long:
                Assert.Equal((expected is int ? "int" : "long", Convert.ToInt64(expected, null)), (actual.Type.Kind, actual.Long));
                break;
            case float f:
                Assert.Equal(("float", (double)f), (actual.Type.Kind, actual.Double));
                break;
            case double d:
                Assert.Equal(("double", BitConverter.DoubleToInt64Bits(d)), (actual.Type.Kind, BitConverter.DoubleToInt64Bits(actual.Double)));
                break;
            case string s:
                Assert.Equal(("string", s), (actual.Type.Kind, actual.Text));
                break;
            case byte[] bytes:
                Assert.Equal("bytes", actual.Type.Kind);
                Assert.Equal(bytes, actual.Bytes.ToArray());
                break;
            default:
                AssertSameParts(expected, actual);
                break;
        }
    }

    private static void AssertSameParts(object expected, AvroValue actual)
    {
        switch (expected)
        {
            case GenericFixed bytes:
                Assert.Equal(("fixed", bytes.Schema.Fullname), (actual.Type.Kind, actual.Type.Name!.Full));
                Assert.Equal(bytes.Value, actual.Bytes.ToArray());
                break;
            case GenericEnum symbol:
                Assert.Equal((symbol.Schema.Fullname, symbol.Value), (actual.Type.Name!.Full, actual.Symbol));
                break;
            case GenericRecord record:
                Assert.Equal(record.Schema.Fullname, actual.Type.Name!.Full);
                Assert.Equal(record.Schema.Fields.Select(f => f.Name), actual.Type.Fields.Select(f => f.Name));
                Assert.All(record.Schema.Fields, (field, i) => AssertSame(record[field.Name], actual.Items[i]));
                break;
            case object?[] items:
                Assert.Equal(("array", items.Length), (actual.Type.Kind, actual.Items.Length));
                Assert.All(items, (item, i) => AssertSame(item, actual.Items[i]));
                break;
            default:
                var map = (Dictionary<string, object>)expected;
                Assert.Equal(map.Keys, actual.Entries.Select(e => e.Key));
                Assert.All(actual.Entries, e => AssertSame(map[e.Key], e.Value));
                break;
        }
    }

    private GenericRecord Record(RecordSchema schema, int depth)
    {
        var record = new GenericRecord(schema);
        foreach (var field in schema.Fields)
        {
            record.Add(field.Name, Of(field.Schema, depth + 1));
        }

        return record;
    }

    private Schema Branch(UnionSchema union, int depth) =>
        depth > 12 && union.Schemas.FirstOrDefault(s => s.Tag == Schema.Type.Null) is { } end ? end : union.Schemas[random.Next(union.Count)];

    private int Count(int depth) => depth > 8 ? 0 : random.Next(4);

    private object? Primitive(Schema.Type type) => type switch
    {
        Schema.Type.Null => null,
        Schema.Type.Boolean => random.Next(2) == 0,
        Schema.Type.Int => random.Next(3) switch { 0 => int.MinValue, 1 => int.MaxValue, _ => random.Next(-100, 100) },
        Schema.Type.Long => random.Next(3) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => random.NextInt64(-1000, 1000) },
        Schema.Type.Float => random.Next(3) switch { 0 => float.NaN, 1 => float.NegativeInfinity, _ => random.NextSingle() },
        Schema.Type.Double => random.Next(4) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => -0.0, _ => random.NextDouble() * 1e300 },
        Schema.Type.Bytes => Bytes(random.Next(5)),
        Schema.Type.String => s_texts[random.Next(s_texts.Length)],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
