using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Writes text for a terminal: control and bidirectional formatting characters are escaped.</summary>
internal static class TextValueWriter
{
    private const int Base64PartSize = 3 * 8192;
    private const int MaxNumberLength = 1000;
    private const int ShortLength = 256;

    private static readonly SearchValues<byte> s_wholeNumber = SearchValues.Create("-0123456789"u8);

    // C0, DEL, and the first bytes of C1 (0xC2) and of bidirectional characters and line separators (0xD8, 0xE2).
    private static readonly SearchValues<byte> s_maybeUnsafe =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), 0x7F, 0xC2, 0xD8, 0xE2]);

    /// <summary>Writes UTF-8, control characters as <c>\u001b</c>; invalid UTF-8 becomes U+FFFD.</summary>
    public static void Write(IBufferWriter<byte> buffer, ReadOnlySpan<byte> utf8)
    {
        var isValid = Utf8.IsValid(utf8);
        if (isValid && !MayBeUnsafe(utf8))
        {
            buffer.Write(utf8);
            return;
        }

        for (var rest = utf8; rest.Length > 0;)
        {
            var plain = isValid ? rest.IndexOfAny(s_maybeUnsafe) : 0;
            buffer.Write(plain < 0 ? rest : rest[..plain]);
            if (plain < 0)
            {
                break;
            }

            rest = rest[plain..];
            Rune.DecodeFromUtf8(rest, out var rune, out var length);
            rest = rest[length..];
            if (Rune.IsControl(rune) || TerminalText.IsFormatting(rune.Value))
            {
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"), buffer);
            }
            else
            {
                buffer.Advance(rune.EncodeToUtf8(buffer.GetSpan(4)));
            }
        }
    }

    /// <summary>Writes a value: strings without quotes, arrays, maps and records as JSON.</summary>
    public static void Write(IBufferWriter<byte> buffer, in AvroValue value)
    {
        if (value.Type.Kind == "string")
        {
            Write(buffer, value.Bytes);
        }
        else if (IsBinary(value))
        {
            WriteBase64(buffer, value.Bytes);
        }
        else if (value.Type.Kind is "array" or "map" || value.Type.IsRecord)
        {
            AvroJson.Write(buffer, value); // which escapes control characters itself
        }
        else
        {
            Span<byte> room = stackalloc byte[ShortText.MaxLength];
            if (ShortText.TryWrite(value, room, out var length))
            {
                buffer.Write(room[..length]);
            }
            else
            {
                Write(buffer, AvroJson.TextOf(value));
            }
        }
    }

    /// <summary>Whether a value is shown as base64.</summary>
    /// <returns>False for strings, numbers, and bytes with a logical type.</returns>
    public static bool IsBinary(in AvroValue value) =>
        value.Type.Kind is "bytes" or "fixed" && (value.Type.Logical.Kind == LogicalKind.None || value.Bytes.Length > MaxNumberLength);

    /// <summary>Writes base64 in parts, so that it needs no large buffer.</summary>
    public static void WriteBase64(IBufferWriter<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var part = bytes[..Math.Min(bytes.Length, Base64PartSize)];
            Base64.EncodeToUtf8(part, buffer.GetSpan(Base64.GetMaxEncodedToUtf8Length(part.Length)), out _, out var written);
            buffer.Advance(written);
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Writes a text.</summary>
    public static void Write(IBufferWriter<byte> buffer, string text)
    {
        var maxLength = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> utf8 = maxLength <= ShortLength ? stackalloc byte[ShortLength] : new byte[maxLength];
        Write(buffer, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    /// <summary>Writes a number as Python prints a float: an integer with <c>.0</c>.</summary>
    public static void Write(IBufferWriter<byte> buffer, double value)
    {
        var room = buffer.GetSpan(32);
        value.TryFormat(room, out var length, default, CultureInfo.InvariantCulture);
        if (room[..length].IndexOfAnyExcept(s_wholeNumber) < 0)
        {
            ".0"u8.CopyTo(room[length..]);
            length += 2;
        }

        buffer.Advance(length);
    }

    private static bool MayBeUnsafe(ReadOnlySpan<byte> utf8) => utf8.IndexOfAny(s_maybeUnsafe) >= 0;
}
