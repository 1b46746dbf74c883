using HopsKafka.CsvEncoding;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Producer.Inputs;

/// <summary>Rows of CSV below a header row.</summary>
/// <param name="rows">The rows, of which the header was read.</param>
internal abstract class CsvTextInput(CsvRows rows) : InputReader
{
    private readonly byte[] _header = rows.Original.ToArray();

    /// <inheritdoc/>
    public override long Line => rows.LineNumber;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Original => rows.Original;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Header => _header;

    /// <inheritdoc/>
    public override bool MoveNext() => rows.Read();

    /// <inheritdoc/>
    public override void Encode(InputEvent target)
    {
        try
        {
            EncodeRow(target);
        }
        catch (AvroEncodingException e)
        {
            throw new BadLineException(null, e.FieldPath, e.Reason, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => rows.Dispose();

    /// <summary>Encodes the row.</summary>
    /// <exception cref="AvroEncodingException">No event can be made of it.</exception>
    protected abstract void EncodeRow(InputEvent target);
}
