using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>
/// Encodes JSON as Avro binary in one pass: what <see cref="AvroJson"/> writes, and what people and programs write alike. Unions need no
/// tags, bytes are base64, dates and times ISO 8601 or Avro's number, decimals texts or numbers. Nothing is rounded or narrowed silently
/// (see <see cref="FloatingEncoder"/>). Missing fields have their default; unknown ones are errors or are skipped, whatever they hold.
/// One instance serves one thread.
/// </summary>
/// <param name="root">Encodes the values.</param>
/// <param name="ignoreUnknownFields">Whether to skip fields that the schema does not have.</param>
internal sealed class AvroJsonEncoder(ValueEncoder root, bool ignoreUnknownFields)
{
    private readonly EncodingContext _context = new(ignoreUnknownFields);

    /// <param name="schema">What the values are encoded by.</param>
    /// <param name="ignoreUnknownFields">Whether to skip fields that the schema does not have.</param>
    public AvroJsonEncoder(AvroType schema, bool ignoreUnknownFields)
        : this(EncoderFactory.Of(schema), ignoreUnknownFields)
    {
    }

    /// <summary>Encodes one value.</summary>
    /// <param name="json">UTF-8 without byte order mark.</param>
    /// <param name="output">Where to; nothing is written when the value does not fit.</param>
    /// <exception cref="AvroEncodingException">It is no JSON, or no value of the schema.</exception>
    public void Encode(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(Encode(json));
    }

    /// <summary>Encodes one value.</summary>
    /// <param name="json">UTF-8 without byte order mark.</param>
    /// <returns>Its Avro binary, until the next call.</returns>
    /// <exception cref="AvroEncodingException">It is no JSON, or no value of the schema.</exception>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> json)
    {
        try
        {
            if (!Utf8.IsValid(json))
            {
                throw JsonSyntax.NotUtf8(json);
            }

            if (!TryEncode(json, isExplaining: false))
            {
                throw Explain(json);
            }
        }
        catch (JsonException e)
        {
            throw Malformed(json, JsonSyntax.Explain(json, e));
        }
        catch (MalformedJsonException e)
        {
            throw Malformed(json, e);
        }

        return _context.Output.Written;
    }

    /// <summary>Whether JSON fits the schema.</summary>
    /// <param name="json">Valid JSON.</param>
    /// <param name="bytes">What it becomes; valid until the next call.</param>
    public bool TryEncode(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> bytes)
    {
        var isFit = TryEncode(json, isExplaining: false);
        bytes = isFit ? _context.Output.Written : default;
        return isFit;
    }

    private bool TryEncode(ReadOnlySpan<byte> json, bool isExplaining)
    {
        _context.Begin(isExplaining);
        var reader = new Utf8JsonReader(json, JsonSyntax.Options);
        reader.Read();

        // What follows the value is an error of the reader.
        return root.TryEncode(ref reader, _context) && !reader.Read();
    }

    // A second pass composes the reason, so that the first one is fast.
    private AvroEncodingException Explain(ReadOnlySpan<byte> json)
    {
        TryEncode(json, isExplaining: true);
        var failure = _context.Failure!;
        var path = PathAt(json, failure.Offset);
        var reason = failure.Branch is null ? failure.Reason : $"{failure.Reason} It was read as {failure.Branch}.";
        return new AvroEncodingException(failure.Field is null ? path : JsonPath.Below(path, failure.Field), failure.Offset, reason);
    }

    private static AvroEncodingException Malformed(ReadOnlySpan<byte> json, MalformedJsonException why) =>
        new(PathAt(json, why.Offset), why.Offset, why.Message, why);

    private static string PathAt(ReadOnlySpan<byte> json, int offset) => JsonPath.At(new Utf8JsonReader(json, JsonSyntax.Options), offset);
}
