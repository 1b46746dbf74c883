using System.Text.Json;

namespace HopsKafka.Consumer.Pictures;

/// <summary>The value of a saved event that is drawn.</summary>
/// <param name="Time">Its time, in milliseconds.</param>
internal readonly record struct SavedReading(string Group, double Value, long Time)
{
    private const int MaxDepth = 5;
    private const int MaxNames = 20;

    /// <summary>Reads it from an event.</summary>
    /// <param name="why">Why there is nothing to draw.</param>
    /// <returns>The reading; null for none.</returns>
    public static SavedReading? Of(SavedEvent saved, PlotOptions options, out string why)
    {
        why = "";
        var own = SavedEvent.Child(saved.Value, "timestamp") is { } stamp ? SavedEvent.TimeOf(stamp) : null;
        var id = SavedEvent.Child(saved.Value, "id") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        var isReading = id is not null && own is not null && SavedEvent.Child(saved.Value, "value") is { } drawn && SavedEvent.NumberOf(drawn) is not null;
        if (options.DrawsReadings && !isReading)
        {
            why = SkippedEvents.NoReading([.. NumericFields(saved.Value, "", 0).Take(MaxNames)]);
            return null;
        }

        var field = SavedEvent.Find(saved.Value, options.DrawnField);
        if (field is not { } found || SavedEvent.NumberOf(found) is not { } value)
        {
            why = $"its field {options.DrawnField.Text} is {(field is null ? "absent" : "not a number")} (--plot-field). "
                + $"Its numeric fields: {string.Join(", ", NumericFields(saved.Value, "", 0).Take(MaxNames))}.";
            return null;
        }

        var group = options.DrawsReadings ? id : GroupOf(saved, options.Grouping);
        why = group is null ? $"it has no field {options.Grouping.Text} (--plot-by)." : "";
        return group is null ? null : new SavedReading(group, value, isReading ? own!.Value : saved.Timestamp);
    }

    private static string? GroupOf(SavedEvent saved, PlotGroup grouping)
    {
        if (grouping == PlotGroup.Partition)
        {
            return PlotGroup.NameOf(saved.Partition);
        }

        var found = grouping.Field is { } path ? SavedEvent.Find(saved.Value, path) : saved.Key;
        return found switch
        {
            null => null,
            { ValueKind: JsonValueKind.Undefined } => "no key",
            { ValueKind: JsonValueKind.String } text => PlotGroup.NameOf(text.GetString()!),
            { } other => PlotGroup.NameOf(other.GetRawText()),
        };
    }

    private static IEnumerable<string> NumericFields(JsonElement value, string prefix, int level) => value.ValueKind switch
    {
        JsonValueKind.Number when prefix.Length > 0 => [prefix],
        JsonValueKind.Object when level < MaxDepth => value.EnumerateObject()
            .SelectMany(field => NumericFields(field.Value, prefix.Length == 0 ? field.Name : $"{prefix}.{field.Name}", level + 1)),
        _ => [],
    };
}
