using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Producer.Inputs;

/// <summary>Lines of JSON: each is the value of an event.</summary>
/// <param name="schema">The schema of the values.</param>
/// <param name="key">The fields of the key, for lines that are tombstones; null if there are none.</param>
internal sealed class JsonInput(InputFile input, AvroType schema, InputRequest request, EventKey? key) : LineInput(input.Content)
{
    private readonly AvroJsonEncoder _encoder = new(schema, request.IgnoreUnknownFields);
    private readonly IReadOnlyList<string>? _keyFields = request.NullValue ? [.. key?.Fields.Select(source => source.Path) ?? []] : null;

    /// <inheritdoc/>
    protected override void Encode(ReadOnlySpan<byte> line, InputEvent target)
    {
        try
        {
            if (_keyFields is null || !TrySetTombstone(line, target))
            {
                _encoder.Encode(line, target.ValueOutput);
            }
        }
        catch (AvroEncodingException e)
        {
            throw new BadLineException(e.Offset + 1, e.FieldPath, e.Reason, e);
        }
    }

    private bool TrySetTombstone(ReadOnlySpan<byte> line, InputEvent target)
    {
        if (line.Trim(" \t\r"u8).SequenceEqual("null"u8))
        {
            target.IsTombstone = key is null
                ? true
                : throw new BadLineException(1, null, $"a tombstone needs a key: write it as an object with {string.Join(", ", _keyFields!)} alone");
            return true;
        }

        if (key is null || TombstoneKey.Find(line, _keyFields!) is not { } values)
        {
            return false;
        }

        key.WriteTombstone(target, i => values[i]);
        return true;
    }
}
