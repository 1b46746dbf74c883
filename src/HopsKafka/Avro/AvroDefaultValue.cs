using System.Globalization;
using System.Text.Json;
using System.Text;

namespace HopsKafka.Avro;

/// <summary>
/// The default of a field as a value. As Java's, the parser checks less than Avro says: a symbol, a size, or a field of a
/// record that refers to itself shows only here.
/// </summary>
internal sealed class AvroDefaultValue
{
    private const int MaxDepth = 100;

    // Records that hold another one twice, each with a default, double at each level.
    private const int MaxValues = 100_000;

    private int _values;

    private AvroDefaultValue()
    {
    }

    /// <summary>The value; null when the field has no default.</summary>
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
            throw InvalidDefault(field.Type, $"({field.Default}) does not fit", e);
        }
    }

    private AvroValue Of(AvroType type, JsonElement json, int depth) => type.Kind switch
    {
        _ when depth > MaxDepth => throw InvalidDefault(type, "has no end"),
        _ when ++_values > MaxValues => throw InvalidDefault(type, $"has more than {MaxValues} values"),
        "null" => AvroValue.Null(type),
        "boolean" => AvroValue.OfBoolean(type, json.GetBoolean()),
        "int" or "long" => AvroValue.OfLong(type, json.GetInt64()),
        "float" => AvroValue.OfDouble(type, (float)Number(json)),
        "double" => AvroValue.OfDouble(type, Number(json)),
        "string" => AvroValue.OfBytes(type, Encoding.UTF8.GetBytes(json.GetString()!)),
        "bytes" or "fixed" => AvroValue.OfBytes(type, Bytes(type, json.GetString()!)),
        "enum" => AvroValue.OfLong(type, type.Symbols.ToList().IndexOf(json.GetString()!) is var index and >= 0
            ? index
            : throw InvalidDefault(type, $"is '{json}', which is not a symbol")),
        "union" => Of(type.Branches[0], json, depth),
        "array" => AvroValue.OfItems(type, [.. json.EnumerateArray().Select(item => Of(type.Items, item, depth + 1))]),
        "map" => AvroValue.OfEntries(
            type, [.. json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Of(type.Items, p.Value, depth + 1)))]),
        _ => AvroValue.OfItems(type, [.. type.Fields.Select(field => OfField(type, field, json, depth + 1))]),
    };

    private AvroValue OfField(AvroType record, AvroField field, JsonElement json, int depth) =>
        (json.TryGetProperty(field.Name, out var own) ? own : field.Default) is { } value
            ? Of(field.Type, value, depth)
            : throw InvalidDefault(record, $"has no field {field.Name}");

    // Each character stands for the byte of the same number.
    private static byte[] Bytes(AvroType type, string text) =>
        type.Kind == "fixed" && text.Length != type.Size ? throw InvalidDefault(type, $"has {text.Length} bytes, not {type.Size}")
        : text.Any(c => c > byte.MaxValue) ? throw InvalidDefault(type, "has a character beyond U+00FF")
        : Encoding.Latin1.GetBytes(text);

    private static double Number(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? double.Parse(json.GetString()!, CultureInfo.InvariantCulture)
        : json.GetDouble();

    private static BadMessageException InvalidDefault(AvroType type, string why, Exception? inner = null) => new(
        BadMessageReason.SchemaDoesNotResolve, $"The schema's default for {type.Name?.Full ?? type.Kind} {why}.", inner);
}

/// <summary>Checks the default of a field as Java Avro does: the default of a union belongs to its first branch.</summary>
internal static class DefaultValidator
{
    /// <exception cref="InvalidSchemaException">The value does not belong to the type.</exception>
    public static JsonElement Checked(AvroType type, JsonElement value)
    {
        if (type.Kind is "float" or "double" && value.ValueKind == JsonValueKind.String)
        {
            return Number(value);
        }

        return Fits(type, value) ? value : throw new InvalidSchemaException($"the default {value} is not a valid {type.Kind}");
    }

    // Java reads the text "1.5" as the number; NaN and Infinity have no JSON number and stay texts.
    private static JsonElement Number(JsonElement text)
    {
        if (!double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            throw new InvalidSchemaException($"the default '{text}' is not a number");
        }

        var digits = number.ToString("R", CultureInfo.InvariantCulture);
        return !double.IsFinite(number) ? text : JsonElement.Parse(digits.AsSpan().ContainsAny(".E") ? digits : $"{digits}.0");
    }

    private static bool Fits(AvroType type, JsonElement value) => type.Kind switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "int" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "long" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "float" or "double" => value.ValueKind == JsonValueKind.Number,
        "string" or "bytes" or "enum" or "fixed" => value.ValueKind == JsonValueKind.String,
        "array" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => Fits(type.Items, v)),
        "map" => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(p => Fits(type.Items, p.Value)),
        "union" => type.Branches.Count > 0 && Fits(type.Branches[0], value),
        _ => value.ValueKind == JsonValueKind.Object && type.Fields.All(field => FieldFits(field, value)),
    };

    private static bool FieldFits(AvroField field, JsonElement record) =>
        record.TryGetProperty(field.Name, out var value) ? Fits(field.Type, value) : field.Default is not null;
}
