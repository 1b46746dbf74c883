using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HopsKafka.Avro;

/// <summary>
/// The default of a field as a value. As Java's, the parser checks less than Avro says: a symbol, a size, or a field of a
/// record that refers to itself shows only here.
/// </summary>
internal sealed class AvroDefaultValue
{
    private const int DeepestNesting = 100;

    // Records that hold another one twice, each with a default, double at each level.
    private const int MostValues = 100_000;

    private int _values;

    private AvroDefaultValue()
    {
    }

    /// <summary>The value; null when the field has no default.</summary>
    /// <param name="field">The field.</param>
    /// <param name="limit">Counts the values.</param>
    /// <exception cref="BadMessageException">The default is no value of the field, or has too many.</exception>
    public static AvroValue? Of(AvroField field, ref ValueLimit limit)
    {
        if (field.Default is not { } json)
        {
            return null;
        }

        try
        {
            var reading = new AvroDefaultValue();
            var value = reading.Of(field.Type, json, 0);
            limit.Claim(reading._values);
            return value;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            // JSON of another kind, or a number out of range.
            throw NoDefault(field.Type, $"({field.Default}) does not fit", e);
        }
    }

    private AvroValue Of(AvroType type, JsonElement json, int depth) => type.Kind switch
    {
        _ when depth > DeepestNesting => throw NoDefault(type, "has no end"),
        _ when ++_values > MostValues => throw NoDefault(type, $"has more than {MostValues} values"),
        "null" => AvroValue.Null(type),
        "boolean" => AvroValue.OfBoolean(type, json.GetBoolean()),
        "int" or "long" => AvroValue.OfWhole(type, json.GetInt64()),
        "float" => AvroValue.OfReal(type, (float)Real(json)),
        "double" => AvroValue.OfReal(type, Real(json)),
        "string" => AvroValue.OfBytes(type, Encoding.UTF8.GetBytes(json.GetString()!)),
        "bytes" or "fixed" => AvroValue.OfBytes(type, Bytes(type, json.GetString()!)),
        "enum" => AvroValue.OfWhole(type, type.Symbols.ToList().IndexOf(json.GetString()!) is var index and >= 0
            ? index
            : throw NoDefault(type, $"is '{json}', which is no symbol")),
        "union" => Of(type.Inner[0], json, depth),
        "array" => AvroValue.OfItems(type, [.. json.EnumerateArray().Select(item => Of(type.Inner[0], item, depth + 1))]),
        "map" => AvroValue.OfEntries(
            type, [.. json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Of(type.Inner[0], p.Value, depth + 1)))]),
        _ => AvroValue.OfItems(type, [.. type.Fields.Select(field => OfField(type, field, json, depth + 1))]),
    };

    private AvroValue OfField(AvroType record, AvroField field, JsonElement json, int depth) =>
        (json.TryGetProperty(field.Name, out var own) ? own : field.Default) is { } value
            ? Of(field.Type, value, depth)
            : throw NoDefault(record, $"has no field {field.Name}");

    // Each character stands for the byte of the same number.
    private static byte[] Bytes(AvroType type, string text) =>
        type.Kind == "fixed" && text.Length != type.Size ? throw NoDefault(type, $"has {text.Length} bytes, not {type.Size}")
        : text.Any(c => c > byte.MaxValue) ? throw NoDefault(type, "has a character beyond U+00FF")
        : Encoding.Latin1.GetBytes(text);

    private static double Real(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? double.Parse(json.GetString()!, CultureInfo.InvariantCulture)
        : json.GetDouble();

    private static BadMessageException NoDefault(AvroType type, string why, Exception? inner = null) => new(
        BadMessageReason.SchemaDoesNotResolve, $"The schema's default for {type.Name?.Full ?? type.Kind} {why}.", inner);
}
