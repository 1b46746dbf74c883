using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HopsKafka.FeatureGroups;

/// <summary>Writes the values of a program as the JSON that rows are encoded from.</summary>
internal static class RowJson
{
    /// <summary>Text is not escaped beyond what JSON needs.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a row.</summary>
    /// <param name="dates">The features that are dates: a <see cref="DateTime"/> at midnight is one. Null for none.</param>
    /// <exception cref="NotSupportedException">A value has a type that no feature has.</exception>
    public static void Write(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> row, IReadOnlySet<string>? dates = null)
    {
        json.WriteStartObject();
        foreach (var (name, value) in row)
        {
            json.WritePropertyName(name);
            Write(json, value is DateTime { TimeOfDay.Ticks: 0 } day && dates?.Contains(RowObjectEncoder.Normalize(name)) == true ? DateOnly.FromDateTime(day) : value, name);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object? value, string feature)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong or BigInteger:
                json.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case float number:
                Write(json, number);
                break;
            case double number:
                Write(json, number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case ReadOnlyMemory<byte> bytes:
                json.WriteBase64StringValue(bytes.Span);
                break;
            case DateOnly date:
                json.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                break;
            case DateTime time:
                json.WriteStringValue((time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).ToString("O", CultureInfo.InvariantCulture));
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            default:
                WriteComplex(json, value, feature);
                break;
        }
    }

    private static void WriteComplex(Utf8JsonWriter json, object value, string feature)
    {
        switch (value)
        {
            case IEnumerable<KeyValuePair<string, object?>> members:
                Write(json, members);
                break;
            case IDictionary entries:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in entries)
                {
                    json.WritePropertyName(entry.Key as string ?? throw Unsupported(entry.Key, feature));
                    Write(json, entry.Value, feature);
                }

                json.WriteEndObject();
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    Write(json, item, feature);
                }

                json.WriteEndArray();
                break;
            default:
                throw Unsupported(value, feature);
        }
    }

    // A double stays one: 5 would also fit an integer.
    private static void Write(Utf8JsonWriter json, double number)
    {
        if (!double.IsFinite(number))
        {
            json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
            return;
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0", skipInputValidation: true);
    }

    private static NotSupportedException Unsupported(object value, string feature) => new(
        $"Feature {feature}: no feature can hold a {value.GetType()}. "
        + "Use text, numbers, bool, DateOnly, DateTime, DateTimeOffset, byte[], lists, or dictionaries with text as keys.");
}
