using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Diagnostics;
using HopsKafka.Plotting;
using HopsKafka.Sensors;

namespace HopsKafka.Consumer.Pictures;

/// <summary>Adds events to the history that is drawn; called on the thread that reads events, so it never waits.</summary>
internal sealed class PlotFeed(PlotOptions options, ReadingHistory history, SkippedEvents skipped)
{
    private readonly Dictionary<int, (long Offset, long Timestamp)> _newest = [];

    /// <summary>Adds an event, unless a rebalance made this consumer read it again. Events of hops-kafka doctor are not drawn: they would get a panel of their own.</summary>
    public void Add(DecodedEvent decoded)
    {
        if (!IsNew(decoded) || decoded.IsTombstone || RoundTripCheck.IsSentByDoctor(decoded.Source.Message.Headers))
        {
            return;
        }

        if (!TryTake(decoded, out var group, out var value))
        {
            if (skipped.Add())
            {
                SkippedEvents.Log($"{decoded.Source.Topic} [{decoded.Partition}] offset {decoded.Offset}", WhyNot(decoded));
            }

            return;
        }

        double? position = options.Axis switch
        {
            FigureAxis.Step or FigureAxis.StepElseEvents => StepOf(decoded.Source.Message.Headers),
            FigureAxis.Time => TimeOf(decoded),
            _ => null,
        };
        history.Add(group, position, value, decoded.Partition);
    }

    /// <summary>The group assigned partitions to this consumer.</summary>
    /// <param name="memberId">The member id of this consumer.</param>
    public void Assign(string memberId, IEnumerable<int> partitions) => history.Change(history.Membership.Assign(memberId, partitions));

    /// <summary>The group revoked partitions: their panels turn grey.</summary>
    public void Revoke(IEnumerable<int> partitions) => history.Change(history.Membership.Revoke(partitions));

    // A topic that was deleted and created again starts at offset 0, but with later timestamps.
    private bool IsNew(DecodedEvent decoded)
    {
        var time = TimeOf(decoded);
        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, decoded.Partition, out var isKnown);
        if (isKnown && decoded.Offset <= newest.Offset && time <= newest.Timestamp)
        {
            return false;
        }

        newest = (decoded.Offset, time);
        return true;
    }

    private bool TryTake(DecodedEvent decoded, out string group, out double value)
    {
        (group, value) = ("", 0);
        if (!HasTime(decoded))
        {
            return false;
        }

        if (!options.DrawsReadings)
        {
            return decoded.Value is { } root && options.DrawnField.TryGet(root, out var field)
                && AvroNumber.TryGet(field, out value) && TryGroup(decoded, root, out group);
        }

        if (decoded.Reading is not { } reading)
        {
            return false;
        }

        (group, value) = (reading.Id, reading.Value);
        return true;
    }

    private string WhyNot(DecodedEvent decoded)
    {
        var fields = decoded.Schema is { } schema ? AvroNumber.FieldsOf(schema.Type) : [];
        var hint = fields.Count > 0 ? $" Numeric fields of its schema: {string.Join(", ", fields)}." : "";
        if (!HasTime(decoded))
        {
            return "it has no timestamp (--x time).";
        }

        if (options.DrawsReadings)
        {
            return SkippedEvents.NoReading(fields);
        }

        if (decoded.Value is not { } root || !options.DrawnField.TryGet(root, out var field))
        {
            return $"it has no field {options.DrawnField.Text} (--plot-field).{hint}";
        }

        return AvroNumber.TryGet(field, out _)
            ? $"it has no field {options.Grouping.Text} (--plot-by)."
            : $"its field {options.DrawnField.Text} is not a number but {field.Type.Kind} (--plot-field).{hint}";
    }

    private bool HasTime(DecodedEvent decoded) => options.Axis != FigureAxis.Time || decoded.Reading is not null
        || decoded.Source.Message.Timestamp.Type != TimestampType.NotAvailable;

    private bool TryGroup(DecodedEvent decoded, in AvroValue root, out string group)
    {
        if (options.Grouping == PlotGroup.Partition)
        {
            group = PlotGroup.NameOf(decoded.Partition);
            return true;
        }

        if (options.Grouping.Field is not { } path)
        {
            group = KeyOf(decoded);
            return true;
        }

        var found = path.TryGet(root, out var value);
        group = found ? PlotGroup.NameOf(AvroJson.TextOf(value)) : "";
        return found;
    }

    private static string KeyOf(DecodedEvent decoded) => PlotGroup.NameOf(decoded switch
    {
        { Key: { } key } => AvroJson.TextOf(key),
        { Source.Message.Key: not { } } => "no key",
        { Source.Message.Key: var bytes } => Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Convert.ToHexStringLower(bytes),
    });

    private static long TimeOf(DecodedEvent decoded) => decoded.Reading?.Timestamp ?? decoded.Source.Message.Timestamp.UnixTimestampMs;

    private static long? StepOf(Headers? headers) =>
        StepHeader.TryFind(headers, out var header) ? header.Step : null;
}
