using System.Buffers;
using System.Text.Encodings.Web;

namespace HopsKafka.Common;

/// <summary>JSON as <see cref="JavaScriptEncoder.UnsafeRelaxedJsonEscaping"/> writes it, but with bidirectional controls as <c>\u202E</c>.</summary>
internal sealed unsafe class TerminalJsonEncoder : JavaScriptEncoder
{
    // The first byte in UTF-8 of each that this encoder escapes besides.
    private static readonly SearchValues<byte> s_first = SearchValues.Create([0xD8, 0xE2]);

    private static readonly JavaScriptEncoder s_relaxed = UnsafeRelaxedJsonEscaping;

    private TerminalJsonEncoder()
    {
    }

    /// <summary>The encoder.</summary>
    public static TerminalJsonEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => s_relaxed.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => TerminalText.IsFormatting(unicodeScalar) || s_relaxed.WillEncode(unicodeScalar);

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var found = s_relaxed.FindFirstCharacterToEncode(text, textLength);
        var plain = found < 0 ? textLength : found;
        for (var i = 0; i < plain; i++)
        {
            if (TerminalText.IsFormatting(text[i]))
            {
                return i;
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var found = s_relaxed.FindFirstCharacterToEncodeUtf8(utf8Text);
        return (found < 0 ? utf8Text : utf8Text[..found]).ContainsAny(s_first) ? base.FindFirstCharacterToEncodeUtf8(utf8Text) : found;
    }

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        if (!TerminalText.IsFormatting(unicodeScalar))
        {
            return s_relaxed.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
        }

        return new Span<char>(buffer, bufferLength).TryWrite($"\\u{unicodeScalar:X4}", out numberOfCharactersWritten);
    }
}
