using System.Globalization;
using HopsKafka.Cli;

namespace HopsKafka.Consumer.Pictures;

/// <summary>Counts the events that have nothing to draw, and logs the first one.</summary>
internal sealed class SkippedEvents
{
    private long _count;

    /// <summary>The summary at the end; empty if all events were drawn.</summary>
    public string Summary => _count switch
    {
        0 => "",
        1 => "; 1 event had nothing to draw",
        _ => string.Create(CultureInfo.InvariantCulture, $"; {_count} events had nothing to draw"),
    };

    /// <summary>Counts an event.</summary>
    /// <returns>True for the first one, which is to be logged.</returns>
    public bool Add() => Interlocked.Increment(ref _count) == 1;

    /// <summary>Logs an event.</summary>
    /// <param name="where">The position of the event.</param>
    /// <param name="why">The reason, and what to do.</param>
    public static void Log(string where, string why) =>
        ConsoleLog.Warning($"The event at {where} is not drawn: {why} Further ones are only counted.", WarningCodes.NotDrawn);

    /// <summary>Why an event that is not a sensor reading is not drawn.</summary>
    /// <param name="fields">The numeric fields that it has.</param>
    public static string NoReading(IReadOnlyList<string> fields) => fields.Count == 0
        ? "it is not a sensor reading, and has no numeric field that --plot-field could name."
        : $"it is not a sensor reading. Name what to draw, such as --plot-field {fields[0]}, and what makes a panel with --plot-by. "
            + $"Its numeric fields: {string.Join(", ", fields)}.";
}
