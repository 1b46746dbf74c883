using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes dates, times and timestamps from ISO 8601, or from the number that Avro stores.</summary>
/// <param name="isText">Whether only texts are accepted, a time without offset is in UTC, and digits of the second beyond the type's are cut off.</param>
internal sealed class TemporalEncoder(AvroType type, bool isText = false) : ValueEncoder(type)
{
    private readonly IntegerEncoder _number = new(type);

    private readonly int _digits = type.Logical.Kind switch
    {
        LogicalKind.TimeMillis or LogicalKind.TimestampMillis or LogicalKind.LocalTimestampMillis => 3,
        LogicalKind.TimeMicros or LogicalKind.TimestampMicros or LogicalKind.LocalTimestampMicros => 6,
        _ => 9,
    };

    private readonly bool _isUtc = type.Logical.Kind is LogicalKind.TimestampMillis or LogicalKind.TimestampMicros or LogicalKind.TimestampNanos;

    protected override string Expected => Type.Logical.Kind switch
    {
        LogicalKind.Date => "a date such as 2021-09-16",
        LogicalKind.TimeMillis or LogicalKind.TimeMicros => "a time such as 16:32:45.123",
        _ when _isUtc => "a time such as 2021-09-16T16:32:45.123Z",
        _ => "a time such as 2021-09-16T16:32:45.123, without offset",
    };

    public override bool Accepts(JsonTokenType token) => token == JsonTokenType.String || (token == JsonTokenType.Number && !isText);

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        if (json.TokenType == JsonTokenType.Number && !isText)
        {
            return _number.TryEncode(ref json, context);
        }

        if (json.TokenType != JsonTokenType.String)
        {
            return FailType(ref json, context);
        }

        var text = new IsoReader(context.TextOf(ref json));
        var fault = Read(ref text, out var units);
        if (fault == IsoFault.None)
        {
            context.Output.WriteLong(units);
            return true;
        }

        return fault switch
        {
            IsoFault.TooPrecise => context.Fail(
                json.TokenStartIndex, $"{TokenText.Of(ref json)} is finer than {Description}, which has {_digits} digits of the second."),
            IsoFault.OutOfRange => context.Fail(json.TokenStartIndex, $"{TokenText.Of(ref json)} is out of range; the schema says {Description}."),
            IsoFault.NoOffset => context.Fail(
                json.TokenStartIndex, $"{TokenText.Of(ref json)} has no offset such as Z or +02:00; the schema says {Description}."),
            _ => FailType(ref json, context),
        };
    }

    private IsoFault Read(ref IsoReader text, out long units) => Type.Logical.Kind switch
    {
        LogicalKind.Date => text.ReadDate(out units),
        LogicalKind.TimeMillis or LogicalKind.TimeMicros => text.ReadTime(_digits, out units),
        _ when isText => text.ReadMoment(_digits, out units),
        _ => text.ReadTimestamp(_digits, _isUtc, out units),
    };
}
