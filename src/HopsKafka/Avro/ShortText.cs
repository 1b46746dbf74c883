using System.Globalization;

namespace HopsKafka.Avro;

/// <summary>Values whose text is short and plain, written without a string between.</summary>
internal static class ShortText
{
    /// <summary>Room for the longest of these texts.</summary>
    public const int MaxLength = 64;

    /// <summary>Writes booleans, numbers, dates and times: ASCII, without quotes, commas and control characters.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False when the value is none of these.</returns>
    public static bool TryWrite(in AvroValue value, Span<byte> destination, out int length)
    {
        if (value.Type.Logical.Kind != LogicalKind.None && LogicalText.TryWrite(value, destination, out length))
        {
            return true;
        }

        switch (value.Type.Kind)
        {
            case "boolean":
                var word = value.Boolean ? "true"u8 : "false"u8;
                length = word.Length;
                return word.TryCopyTo(destination);
            case "int" or "long":
                return value.Long.TryFormat(destination, out length, default, CultureInfo.InvariantCulture);
            case "float":
                // Its own shortest digits; as a double it would show digits that nobody wrote.
                return ((float)value.Double).TryFormat(destination, out length, default, CultureInfo.InvariantCulture);
            case "double":
                return value.Double.TryFormat(destination, out length, default, CultureInfo.InvariantCulture);
            default:
                length = 0;
                return false;
        }
    }
}
