using System.Buffers;
using System.Globalization;
using System.Text;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>JSON of a type without parts: one text of each form in which its values are written, those first that another type may read as its own.</summary>
/// <param name="type">No union, record, array or map.</param>
internal sealed class SampleJson(AvroType type)
{
    private const int MaxSize = 16_000_000; // of a fixed

    private static readonly string[] s_numbers = ["5", "0"];
    private static readonly string[] s_notFinite = ["\"NaN\"", "\"Infinity\"", "\"-Infinity\""];

    private readonly AvroJsonEncoder _encoder = new(type, ignoreUnknownFields: false);

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts { get; } = [.. Of(type)];

    /// <summary>Whether the type accepts it.</summary>
    public bool Reads(string json) => _encoder.TryEncode(Encoding.UTF8.GetBytes(json), out _);

    /// <summary>Whether AvroJson writes a value of the type so.</summary>
    public bool Writes(string json) =>
        _encoder.TryEncode(Encoding.UTF8.GetBytes(json), out var bytes) && Written(AvroValueReader.Read(type, bytes.ToArray(), 0)) == json;

    private static IEnumerable<string> Of(AvroType type) => type.Logical.Kind switch
    {
        LogicalKind.None => OfPlain(type),
        LogicalKind.Decimal => [Decimal(type.Logical.Scale), "\"1234\""],
        LogicalKind.Uuid => [$"\"{Guid.Empty}\""],
        LogicalKind.Duration => ["\"P0M0DT0.000S\""],

        LogicalKind.TimeMillis or LogicalKind.TimeMicros => [Written(AvroValue.OfLong(type, 0))],

        // A day or a time beyond the year 9999 is a number.
        _ => [Written(AvroValue.OfLong(type, 0)), type.Kind == "int" ? "2147483647" : "9223372036854774784"],
    };

    private static IEnumerable<string> OfPlain(AvroType type) => type.Kind switch
    {
        "null" => ["null"],
        "boolean" => ["true"],
        "int" or "long" => s_numbers,
        "float" or "double" => [.. s_numbers, "0.5", .. s_notFinite],
        "string" => ["\"text\""],
        "enum" => type.Symbols.Select(symbol => $"\"{symbol}\""),
        "bytes" => ["\"AQI=\"", "\"1234\"", "\"PT1H\"", "\"Infinity\""],
        _ => OfFixed(type.Size),
    };

    // Base64 without padding may look like digits or a duration.
    private static IEnumerable<string> OfFixed(int size)
    {
        if (size > MaxSize)
        {
            return [];
        }

        var length = size / 3 * 4;
        string[] unpadded = size % 3 > 0 || size == 0
            ? []
            : [$"\"{new string('1', length)}\"", $"\"PT{new string('0', length - 4)}1H\"", "\"Infinity\""];
        return [.. unpadded, $"\"{Convert.ToBase64String(new byte[size])}\""];
    }

    private static string Decimal(int scale) =>
        string.Create(CultureInfo.InvariantCulture, $"\"0{(scale > 0 && scale <= LogicalText.MaxDecimalSize ? $".{new string('0', scale)}" : "")}\"");

    private static string Written(in AvroValue value)
    {
        var json = new ArrayBufferWriter<byte>();
        AvroJson.Write(json, value);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
