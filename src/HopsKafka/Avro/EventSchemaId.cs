using System.Globalization;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Avro;

/// <summary>Which schema the value of an event names: in its framing, or, on a feature group's topic, in a header.</summary>
/// <param name="Id">The schema's id.</param>
/// <param name="IsFeatureGroup">Whether the value is the unframed record of a feature group.</param>
internal readonly record struct EventSchemaId(int Id, bool IsFeatureGroup)
{
    private const string FeatureGroupHeader = "subjectId";
    private const string OperationHeader = "operation";

    /// <summary>Reads it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="headers">The headers; null for none.</param>
    /// <returns>The id.</returns>
    /// <exception cref="BadMessageException">The value names none.</exception>
    public static EventSchemaId Of(ReadOnlySpan<byte> value, Headers? headers)
    {
        if (TextOf(headers, FeatureGroupHeader) is not { } subject)
        {
            return new EventSchemaId(ConfluentFraming.ReadSchemaId(value), false);
        }

        return int.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new EventSchemaId(id, true)
            : throw new BadMessageException(
                BadMessageReason.UnknownSchemaId, $"Its header {FeatureGroupHeader} is no number but {DisplayText.Of(subject)}.");
    }

    /// <summary>Whether an event of a feature group deletes what its key names.</summary>
    /// <param name="headers">The headers; null for none.</param>
    public static bool IsDeletion(Headers? headers) => TextOf(headers, OperationHeader) == "delete";

    private static string? TextOf(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;
}
