using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using HopsKafka.Avro;

namespace HopsKafka.FeatureGroups;

/// <summary>Writes a value of the primary key as Python's <c>str</c> does, from its Avro.</summary>
internal static class KeyText
{
    private const int MostDigits = 20; // of a long

    /// <summary>Whether a type has such a text. Binary has none: Python writes <c>b'\x00a'</c>.</summary>
    public static bool Has(AvroType type) => type.Alternatives.All(branch => (branch.Kind, branch.Logical.Kind) is
        ("null" or "boolean" or "float" or "double", _)
        or ("string" or "int" or "long", LogicalKind.None)
        or (_, LogicalKind.Date or LogicalKind.TimestampMicros or LogicalKind.Decimal));

    /// <summary>Writes the text of a value.</summary>
    /// <param name="type">Its type, not a union.</param>
    /// <param name="value">Its Avro.</param>
    /// <returns>False for NaN, which is no key.</returns>
    public static bool TryWrite(AvroType type, ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        var reader = new AvroSpanReader(value);
        switch (type.Kind, type.Logical.Kind)
        {
            case ("string", _):
                output.Write(reader.ReadLengthPrefixed());
                break;
            case ("boolean", _):
                output.Write(value[0] == 1 ? "True"u8 : "False"u8);
                break;
            case ("double", _):
                return PythonFloat.TryWrite(reader.ReadDouble(), output);
            case ("float", _):
                return PythonFloat.TryWrite(reader.ReadFloat(), output);
            case (_, LogicalKind.Decimal):
                WriteDecimal(reader.ReadLengthPrefixed(), type.Logical.Scale, output);
                break;
            case (_, LogicalKind.Date):
                output.Advance(IsoText.Date(output.GetSpan(IsoText.MaxLength), reader.ReadLong()));
                break;
            case (_, LogicalKind.TimestampMicros):
                WriteTimestamp(reader.ReadLong(), output);
                break;
            default:
                reader.ReadLong().TryFormat(output.GetSpan(MostDigits), out var length, default, CultureInfo.InvariantCulture);
                output.Advance(length);
                break;
        }

        return true;
    }

    private static void WriteTimestamp(long micros, IBufferWriter<byte> output)
    {
        const int microsPerSecond = 1_000_000;
        const int digits = 6;
        var span = output.GetSpan(IsoText.MaxLength + 6);
        var length = IsoText.Timestamp(span, micros, digits, isUtc: false);
        length -= micros % microsPerSecond == 0 ? digits + 1 : 0;
        span[span.IndexOf((byte)'T')] = (byte)' ';
        "+00:00"u8.CopyTo(span[length..]);
        output.Advance(length + 6);
    }

    // Python's decimal: in plain digits unless more than five zeros follow the point.
    private static void WriteDecimal(ReadOnlySpan<byte> unscaled, int scale, IBufferWriter<byte> output)
    {
        const int mostZeros = 6;
        var number = new BigInteger(unscaled, isBigEndian: true);
        var digits = BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture);
        var before = digits.Length - scale;
        var sign = number.Sign < 0 ? "-" : "";
        var text = scale == 0 ? digits
            : before > 0 ? $"{digits[..before]}.{digits[before..]}"
            : before > -mostZeros ? $"0.{new string('0', -before)}{digits}"
            : string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits.AsSpan(1)}E{before - 1}");
        Encoding.ASCII.GetBytes(sign + text, output);
    }
}
