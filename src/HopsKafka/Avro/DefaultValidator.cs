using System.Globalization;
using System.Text.Json;

namespace HopsKafka.Avro;

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

        return Fits(type, value) ? value : throw new InvalidSchemaException($"the default {value} is no {type.Kind}");
    }

    // Java reads the text "1.5" as the number; NaN and Infinity have no JSON number and stay texts.
    private static JsonElement Number(JsonElement text)
    {
        if (!double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            throw new InvalidSchemaException($"the default '{text}' is no number");
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
        "array" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => Fits(type.Inner[0], v)),
        "map" => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(p => Fits(type.Inner[0], p.Value)),
        "union" => type.Inner.Count > 0 && Fits(type.Inner[0], value),
        _ => value.ValueKind == JsonValueKind.Object && type.Fields.All(field => FieldFits(field, value)),
    };

    private static bool FieldFits(AvroField field, JsonElement record) =>
        record.TryGetProperty(field.Name, out var value) ? Fits(field.Type, value) : field.Default is not null;
}
