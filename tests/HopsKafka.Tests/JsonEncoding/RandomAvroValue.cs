using System.Numerics;
using System.Text;
using HopsKafka.Avro;

namespace HopsKafka.Tests.JsonEncoding;

/// <summary>Random values of a schema as a writer should make them: decimals within their precision, UUIDs that are some, one NaN.</summary>
/// <param name="random">With a fixed seed.</param>
/// <param name="avoided">Branches of unions that no value has, if there is another one.</param>
internal sealed class RandomAvroValue(Random random, IReadOnlyCollection<AvroType> avoided)
{
    private static readonly string[] s_texts = ["", "a", "naïve", "😀 \"quoted\",\r\n\t", "\u0000\u001b\u0085\u2028", new('x', 200), "null", "1.5", "AQID"];
    private static readonly double[] s_doubles = [BitConverter.UInt64BitsToDouble(0x7FF8000000000000), double.PositiveInfinity, double.NegativeInfinity, -0.0, 1e15, 5e-324];
    private static readonly double[] s_floats = [.. s_doubles[..4], 16777216, float.Epsilon, float.MaxValue];

    public AvroValue Of(AvroType type, int depth = 0) => type.Kind switch
    {
        "null" => AvroValue.Null(type),
        "boolean" => AvroValue.OfBoolean(type, random.Next(2) == 0),
        "int" => AvroValue.OfLong(type, random.Next(3) switch { 0 => int.MinValue, 1 => int.MaxValue, _ => random.Next(-100, 100) }),
        "long" => AvroValue.OfLong(type, random.Next(4) switch { 0 => long.MinValue, 1 => long.MaxValue, 2 => random.NextInt64(), _ => random.NextInt64(-1000, 1000) }),
        "float" => AvroValue.OfDouble(type, random.Next(3) == 0 ? s_floats[random.Next(s_floats.Length)] : (float)(random.NextDouble() * Math.Pow(10, random.Next(-20, 20)))),
        "double" => AvroValue.OfDouble(type, random.Next(3) == 0 ? s_doubles[random.Next(s_doubles.Length)] : random.NextDouble() * Math.Pow(10, random.Next(-20, 300))),
        "string" => AvroValue.OfBytes(type, Encoding.UTF8.GetBytes(type.Logical.Kind == LogicalKind.Uuid ? $"{new Guid(Bytes(16))}" : s_texts[random.Next(s_texts.Length)])),
        "bytes" => AvroValue.OfBytes(type, type.Logical.Kind == LogicalKind.Decimal ? Decimal(type) : Bytes(random.Next(8))),
        "fixed" => AvroValue.OfBytes(type, type.Logical.Kind == LogicalKind.Decimal ? Decimal(type) : Bytes(type.Size)),
        "enum" => AvroValue.OfLong(type, random.Next(type.Symbols.Count)),
        "array" => AvroValue.OfItems(type, [.. Enumerable.Range(0, Count(depth)).Select(_ => Of(type.Items, depth + 1))]),
        "map" => AvroValue.OfEntries(type, [.. Enumerable.Range(0, Count(depth)).Select(i => KeyValuePair.Create($"{s_texts[i % s_texts.Length]}{i}", Of(type.Items, depth + 1)))]),
        "union" => Of(Branch(type, depth), depth + 1),
        _ => AvroValue.OfItems(type, [.. type.Fields.Select(field => Of(field.Type, depth + 1))]),
    };

    private AvroType Branch(AvroType union, int depth)
    {
        var branches = union.Branches.Where(branch => !avoided.Contains(branch)).ToList();
        return depth > 12 && branches.FirstOrDefault(branch => branch.Kind == "null") is { } end ? end : branches[random.Next(branches.Count)];
    }

    private int Count(int depth) => depth > 8 ? 0 : random.Next(20) == 0 ? 70 : random.Next(4);

    private byte[] Decimal(AvroType type)
    {
        var most = (long)Math.Pow(10, LogicalType.PrecisionOf(type));
        var bytes = new BigInteger(random.NextInt64(1 - most, most)).ToByteArray(isBigEndian: true);
        var sign = (bytes[0] & 0x80) > 0 ? byte.MaxValue : (byte)0;
        return type.Kind == "bytes" ? bytes : [.. Enumerable.Repeat(sign, type.Size - bytes.Length), .. bytes];
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
