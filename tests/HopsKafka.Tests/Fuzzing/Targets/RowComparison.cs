using System.Globalization;
using System.Numerics;
using System.Text.Json;
using HopsKafka.Tests.FeatureGroups;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>Compares what Apache.Avro decoded with the JSON that was encoded, by the type of the feature.</summary>
internal static class RowComparison
{
    private static readonly DateOnly s_epoch = new(1970, 1, 1);

    /// <summary>Asserts that both are the same value.</summary>
    /// <param name="json">The value; null if it is absent.</param>
    /// <param name="type">In lower case.</param>
    public static void AssertSame(JsonElement? json, string type, object? avro)
    {
        if (json is not { ValueKind: not JsonValueKind.Null } value)
        {
            Assert.Null(avro);
            return;
        }

        switch (type)
        {
            case "tinyint" or "smallint" or "int":
                Assert.Equal(value.GetInt32(), avro);
                break;
            case "bigint":
                Assert.Equal(value.GetInt64(), avro);
                break;
            case "float":
                ReferenceDecoder.AssertSame(value.ValueKind == JsonValueKind.String ? (float)Special(value.GetString()!) : value.GetSingle(), avro);
                break;
            case "double":
                ReferenceDecoder.AssertSame(value.ValueKind == JsonValueKind.String ? Special(value.GetString()!) : value.GetDouble(), avro);
                break;
            case "boolean":
                Assert.Equal(value.GetBoolean(), avro);
                break;
            case "string":
                Assert.Equal(value.GetString(), avro);
                break;
            case "date":
                Assert.Equal(DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - s_epoch.DayNumber, avro);
                break;
            case "timestamp":
                AssertSameTime(value.GetString()!, Assert.IsType<long>(avro));
                break;
            case "binary":
                Assert.Equal(value.GetBytesFromBase64(), Assert.IsType<byte[]>(avro));
                break;
            case var _ when type.StartsWith("decimal", StringComparison.Ordinal):
                Assert.Equal(Unscaled(value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString()!, RandomGroup.Digits(type).Scale), new BigInteger(Assert.IsType<byte[]>(avro), isBigEndian: true));
                break;
            default:
                AssertSameParts(value, type, avro);
                break;
        }
    }

    private static void AssertSameParts(JsonElement value, string type, object? avro)
    {
        var parts = RandomGroup.Parts(type);
        if (type.StartsWith("array", StringComparison.Ordinal))
        {
            var items = Assert.IsType<object[]>(avro);
            Assert.Equal(value.GetArrayLength(), items.Length);
            Assert.All(value.EnumerateArray().Zip(items), pair => AssertSame(pair.First, parts[0].Type, pair.Second));
        }
        else if (type.StartsWith("map", StringComparison.Ordinal))
        {
            var entries = Assert.IsType<Dictionary<string, object>>(avro);
            Assert.Equal(value.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal), entries.Keys.Order(StringComparer.Ordinal));
            Assert.All(value.EnumerateObject(), member => AssertSame(member.Value, parts[0].Type, entries[member.Name]));
        }
        else
        {
            var record = Assert.IsType<global::Avro.Generic.GenericRecord>(avro);
            Assert.All(value.EnumerateObject(), member => Assert.Contains(member.Name, parts.Select(part => part.Name)));
            Assert.All(parts, part => AssertSame(value.TryGetProperty(part.Name, out var member) ? member : null, part.Type, record[part.Name]));
        }
    }

    private static double Special(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => throw new FormatException($"{text} is no number."),
    };

    // .NET rounds the eighth digit of the second, which does not count here.
    private static void AssertSameTime(string text, long micros)
    {
        var time = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(((decimal)(time.UtcDateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond) - micros, 0, 1);
    }

    private static BigInteger Unscaled(string text, int scale)
    {
        var parts = text.Split('e', 'E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var shift = scale + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - (point < 0 ? 0 : parts[0].Length - point - 1);
        var digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return shift >= 0 ? digits * BigInteger.Pow(10, shift) : digits / BigInteger.Pow(10, -shift);
    }
}
