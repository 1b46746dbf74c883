using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace HopsKafka.Avro;

/// <summary>Encodes values as Avro binary.</summary>
internal static class AvroValueWriter
{
    /// <summary>Bytes of the longest number.</summary>
    public const int MaxLongSize = 10;

    /// <summary>Encodes a value.</summary>
    /// <param name="output">Where to.</param>
    /// <exception cref="InvalidOperationException">It is none: a null where the schema has no null.</exception>
    public static void Write(IBufferWriter<byte> output, AvroType type, in AvroValue value)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(type);
        if (type.Kind == "union")
        {
            var branch = type.Branches.ToList().IndexOf(value.Type);
            WriteLong(output, branch >= 0 ? branch : throw Mismatch(type, value));
        }
        else if (type != value.Type)
        {
            throw Mismatch(type, value);
        }

        switch (value.Type.Kind)
        {
            case "null":
                break;
            case "boolean":
                output.Write([value.Boolean ? (byte)1 : (byte)0]);
                break;
            case "int" or "long" or "enum":
                WriteLong(output, value.Long);
                break;
            case "float":
                BinaryPrimitives.WriteSingleLittleEndian(output.GetSpan(sizeof(float)), (float)value.Double);
                output.Advance(sizeof(float));
                break;
            case "double":
                BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(sizeof(double)), value.Double);
                output.Advance(sizeof(double));
                break;
            case "string" or "bytes":
                WriteLong(output, value.Bytes.Length);
                output.Write(value.Bytes);
                break;
            case "fixed":
                output.Write(value.Bytes);
                break;
            default:
                WriteParts(output, value);
                break;
        }
    }

    /// <summary>Encodes a number as <see cref="FormatLong"/> does.</summary>
    /// <param name="output">Where to.</param>
    public static void WriteLong(IBufferWriter<byte> output, long value)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Advance(FormatLong(output.GetSpan(MaxLongSize), value));
    }

    /// <summary>Encodes a number: zigzag, seven bits a byte.</summary>
    /// <param name="destination">At least <see cref="MaxLongSize"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int FormatLong(Span<byte> destination, long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var length = 0;
        for (; rest >= 0x80; rest >>= 7)
        {
            destination[length++] = (byte)(rest | 0x80);
        }

        destination[length++] = (byte)rest;
        return length;
    }

    /// <summary>Encodes a text.</summary>
    /// <param name="output">Where to.</param>
    public static void WriteText(IBufferWriter<byte> output, string text)
    {
        WriteLong(output, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, output);
    }

    private static void WriteParts(IBufferWriter<byte> output, in AvroValue value)
    {
        if (value.Type.IsRecord)
        {
            for (var i = 0; i < value.Items.Length; i++)
            {
                Write(output, value.Type.Fields[i].Type, value.Items[i]);
            }

            return;
        }

        var isMap = value.Type.Kind == "map";
        var count = isMap ? value.Entries.Length : value.Items.Length;
        if (count > 0)
        {
            WriteLong(output, count);
        }

        for (var i = 0; i < count; i++)
        {
            if (isMap)
            {
                WriteText(output, value.Entries[i].Key);
            }

            Write(output, value.Type.Items, isMap ? value.Entries[i].Value : value.Items[i]);
        }

        WriteLong(output, 0);
    }

    private static InvalidOperationException Mismatch(AvroType type, in AvroValue value) =>
        new($"a {value.Type.Kind} stands where the schema requires {(type.Kind == "union" ? "another branch" : type.Kind)}");
}
