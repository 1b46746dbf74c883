using HopsKafka.Consumer.Outputs;
using HopsKafka.Plotting;

namespace HopsKafka.Consumer.Pictures;

/// <summary>What is drawn, and where.</summary>
internal sealed record PlotOptions
{
    /// <summary>The picture's file; null for none.</summary>
    public string? File { get; init; }

    /// <summary>Time between two pictures.</summary>
    public TimeSpan Every { get; init; } = PictureUpdater.DefaultInterval;

    /// <summary>Number of panels; null for the default.</summary>
    public int? Panels { get; init; }

    /// <summary>What the shared axis counts.</summary>
    public FigureAxis Axis { get; init; } = FigureAxis.StepElseEvents;

    /// <summary>The field that is drawn; null for the value of sensor readings.</summary>
    public FieldPath? Field { get; init; }

    /// <summary>One panel per value of this; null for the sensor's id.</summary>
    public PlotGroup? By { get; init; }

    /// <summary>The unit of the values; null if unknown.</summary>
    public string? Unit { get; init; }

    /// <summary>Port of the live page, 0 for any free one; null for no page.</summary>
    public int? LivePort { get; init; }

    /// <summary>Saved outputs to draw instead of a topic; empty for none.</summary>
    public IReadOnlyList<string> Saved { get; init; } = [];

    /// <summary>Whether anything is drawn.</summary>
    public bool IsWanted => File is not null || LivePort is not null;

    /// <summary>Whether fields are read by name.</summary>
    public bool NeedsFields => IsWanted && (Field is not null || By is not null);

    /// <summary>Whether sensor readings are drawn as the tutorial does.</summary>
    public bool DrawsReadings => Field is null && By is null;

    /// <summary>The field that is drawn, if it is not the value of readings.</summary>
    public FieldPath DrawnField => Field ?? FieldPath.TryParse("value")!;

    /// <summary>One panel per value of this, if it is not the sensor's id.</summary>
    public PlotGroup Grouping => By ?? PlotGroup.Key;

    /// <summary>What a figure shows besides the readings.</summary>
    public FigureOptions Figure(string title, int panels) => new(title, panels)
    {
        Axis = Axis,
        StartsAtOldest = true,
        Noun = DrawsReadings ? "sensor" : Grouping.Noun,
        YLabel = FigureOptions.WithUnit(Field?.Text ?? "value", Unit),
    };
}
