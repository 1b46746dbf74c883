namespace HopsKafka.Producer.Inputs;

/// <summary>An input of lines; empty ones are ignored.</summary>
internal abstract class LineInput(Stream content) : InputReader
{
    private readonly LineBuffer _lines = new(content);

    /// <inheritdoc/>
    public override long Line => _lines.Number;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Original => _lines.Line;

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        while (_lines.MoveNext())
        {
            if (_lines.IsTooLong || !_lines.Line.Trim(" \t\r"u8).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Encode(InputEvent target)
    {
        if (_lines.IsTooLong)
        {
            throw new BadLineException(null, null, $"the line is longer than {LineBuffer.Longest} bytes");
        }

        Encode(_lines.Line, target);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The content is the caller's.
    }

    /// <summary>Encodes a line.</summary>
    /// <exception cref="BadLineException">It is not a valid event.</exception>
    protected abstract void Encode(ReadOnlySpan<byte> line, InputEvent target);
}
