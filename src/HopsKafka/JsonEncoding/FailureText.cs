using System.Globalization;
using System.Runtime.CompilerServices;

namespace HopsKafka.JsonEncoding;

/// <summary>A reason that is composed only if it is reported: most failures are branches of a union, of which another one fits.</summary>
[InterpolatedStringHandler]
internal ref struct FailureText
{
    private DefaultInterpolatedStringHandler _text;

    public FailureText(int literalLength, int formattedCount, EncodingContext context, out bool isRead)
    {
        isRead = context.IsExplaining;
        _text = isRead ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string Compose() => _text.ToStringAndClear();
}
