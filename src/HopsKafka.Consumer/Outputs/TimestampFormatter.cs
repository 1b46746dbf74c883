using HopsKafka.Avro;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Formats timestamps. It caches the last one, which consecutive events mostly share. Not thread-safe.</summary>
internal sealed class TimestampFormatter
{
    private readonly byte[] _text = new byte[TimestampText.MaxIsoLength];
    private int _length;
    private long _milliseconds;

    /// <summary>The text of a timestamp.</summary>
    /// <param name="milliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>ISO 8601 in UTF-8, until the next call.</returns>
    public ReadOnlySpan<byte> Of(long milliseconds)
    {
        if (_length == 0 || milliseconds != _milliseconds)
        {
            (_milliseconds, _length) = (milliseconds, TimestampText.WriteIso(_text, milliseconds));
        }

        return _text.AsSpan(0, _length);
    }
}
