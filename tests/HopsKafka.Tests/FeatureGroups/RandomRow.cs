using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace HopsKafka.Tests.FeatureGroups;

/// <summary>Random values of a type: as JSON, and as Apache.Avro's generic reader gives their bytes.</summary>
/// <param name="random">With a fixed seed.</param>
internal sealed class RandomRow(Random random)
{
    private static readonly string[] s_texts = ["", "a", "naïve", "😀 \"quoted\",\r\n\t", "\u0000\u001b\u2028", new('x', 200)];
    private static readonly double[] s_doubles = [0, -0.0, 1, 1e300, -5e-324, 0.1, 123456789.125];

    /// <summary>A value.</summary>
    /// <param name="isKey">Whether null and NaN are left out.</param>
    public (JsonNode? Json, object? Avro) Of(string type, bool isKey = false)
    {
        if (!isKey && random.Next(5) == 0)
        {
            return (null, null);
        }

        return type switch
        {
            "tinyint" => Integer(random.Next(sbyte.MinValue, sbyte.MaxValue + 1)),
            "smallint" => Integer(random.Next(short.MinValue, short.MaxValue + 1)),
            "int" => Integer(random.Next(3) switch { 0 => int.MinValue, 1 => int.MaxValue, _ => random.Next(-100, 100) }),
            "bigint" => Long(random.Next(3) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => random.NextInt64(-1000, 1000) }),
            "float" => Float(isKey),
            "double" => Double(isKey),
            "boolean" => random.Next(2) == 0 ? (true, true) : (false, false),
            "string" => s_texts[random.Next(s_texts.Length)] is var text ? (text, text) : default,
            "date" => Date(),
            "timestamp" => Timestamp(),
            "binary" => Binary(),
            _ when type.StartsWith("decimal", StringComparison.Ordinal) => Decimal(type),
            _ => Complex(type),
        };
    }

    private static (JsonNode, object) Integer(int number) => (number, number);

    private static (JsonNode, object) Long(long number) => (number, number);

    private (JsonNode, object) Float(bool isKey)
    {
        var number = random.Next(isKey ? 1 : 0, 4) switch { 0 => float.NaN, 1 => random.NextSingle(), 2 => float.NegativeInfinity, _ => (float)s_doubles[random.Next(3)] };
        return float.IsFinite(number) ? (JsonNode.Parse(((double)number).ToString("R", CultureInfo.InvariantCulture))!, number) : (Special(number), number);
    }

    private (JsonNode, object) Double(bool isKey)
    {
        var other = s_doubles[random.Next(s_doubles.Length)];
        var number = random.Next(isKey ? 1 : 0, 4) switch { 0 => double.NaN, 1 => random.NextDouble(), 2 => double.PositiveInfinity, _ => other };
        return double.IsFinite(number) ? (JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture))!, number) : (Special(number), number);
    }

    private static JsonNode Special(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";

    private (JsonNode, object) Date()
    {
        var day = DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber + 1));
        return (day.ToString("O", CultureInfo.InvariantCulture), day.DayNumber - new DateOnly(1970, 1, 1).DayNumber);
    }

    // Any offset, or none; up to seven digits of the second, of which six count.
    private (JsonNode, object) Timestamp()
    {
        var time = new DateTime(random.NextInt64(DateTime.MinValue.AddDays(2).Ticks, DateTime.MaxValue.AddDays(-2).Ticks));
        var offset = TimeSpan.FromMinutes(random.Next(-14 * 60, (14 * 60) + 1));
        var utc = random.Next(2) == 0 ? time - offset : time;
        var zone = utc == time ? random.Next(2) == 0 ? "Z" : "" : $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";
        var micros = (long)Math.Floor((decimal)(utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return (time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + zone, micros);
    }

    private (JsonNode, object) Binary()
    {
        var bytes = new byte[random.Next(100)];
        random.NextBytes(bytes);
        return (Convert.ToBase64String(bytes), bytes);
    }

    private (JsonNode, object) Decimal(string type)
    {
        var (precision, scale) = RandomGroup.Digits(type);
        var unscaled = random.Next(4) switch
        {
            0 => -(BigInteger.One << (8 * random.Next(1, precision > 10 ? 15 : 2))) / 2,
            1 => BigInteger.Pow(10, precision) - 1,
            2 => BigInteger.Zero,
            _ => new BigInteger(random.Next(-9999, 9999)),
        };
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = $"{(unscaled.Sign < 0 ? "-" : "")}{digits[..^scale]}{(scale > 0 ? "." : "")}{digits[^scale..]}";

        // As Python: (bits of the absolute value + 8) / 8 bytes of two's complement.
        var size = (int)((BigInteger.Abs(unscaled).GetBitLength() + 8) / 8);
        var bytes = unscaled.ToByteArray(isBigEndian: true);
        var sign = (byte)(unscaled.Sign < 0 ? 0xFF : 0);
        return (text, Enumerable.Repeat(sign, size - bytes.Length).Concat(bytes).ToArray());
    }

    private (JsonNode, object) Complex(string type)
    {
        var parts = RandomGroup.Parts(type);
        if (type.StartsWith("array", StringComparison.Ordinal))
        {
            var items = Enumerable.Range(0, random.Next(80)).Select(_ => Of(parts[0].Type)).Take(random.Next(6) == 0 ? 80 : 3).ToList();
            return (new JsonArray([.. items.Select(item => item.Json)]), items.Select(item => item.Avro).ToList());
        }

        if (type.StartsWith("map", StringComparison.Ordinal))
        {
            var entries = Enumerable.Range(0, random.Next(4)).Select(i => (Key: $"{s_texts[i]}{i}", Value: Of(parts[0].Type))).ToList();
            var map = new JsonObject();
            entries.ForEach(entry => map[entry.Key] = entry.Value.Json);
            return (map, entries.ToDictionary(entry => entry.Key, entry => entry.Value.Avro));
        }

        // Members in any order; null ones may be missing.
        var members = parts.Select(part => (part.Name, Value: Of(part.Type))).ToList();
        var json = new JsonObject();
        foreach (var (name, value) in members.OrderBy(_ => random.Next()))
        {
            if (value.Json is not null || random.Next(2) == 0)
            {
                json[name] = value.Json;
            }
        }

        return (json, members.Select(member => new KeyValuePair<string, object?>(member.Name, member.Value.Avro)).ToArray());
    }
}
