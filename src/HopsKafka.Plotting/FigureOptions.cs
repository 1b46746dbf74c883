using HopsKafka.Common;

namespace HopsKafka.Plotting;

/// <summary>What a figure of sensors shows besides the readings. Making one loads no drawing library.</summary>
internal sealed record FigureOptions
{
    /// <summary>The most panels that stay readable in one figure.</summary>
    public const int MaxPanels = 64;

    /// <summary>Makes the options.</summary>
    /// <param name="title">Heading of the figure, for example <c>temperature · group TutorialGroup</c>; may be empty.</param>
    /// <param name="panels">Number of panels, 1 to <see cref="MaxPanels"/>.</param>
    /// <exception cref="HopsKafkaException">The number of panels is out of range; exit code 2.</exception>
    public FigureOptions(string title, int panels)
    {
        if (panels is < 1 or > MaxPanels)
        {
            throw new HopsKafkaException(
                $"A figure has 1 to {MaxPanels} panels, not {panels}.", $"Set 1 to {MaxPanels} sensors (-s).",
                HopsKafka.Common.ExitCode.Usage);
        }

        Title = title;
        Panels = panels;
    }

    /// <summary>Heading of the figure.</summary>
    public string Title { get; }

    /// <summary>Number of panels at most, one a sensor that was seen. Without any, one panel says that no event came yet.</summary>
    public int Panels { get; }

    /// <summary>What the axis that all panels share counts.</summary>
    public FigureAxis Axis { get; init; }

    /// <summary>What a panel stands for, in the label of that axis.</summary>
    public string Noun { get; init; } = "sensor";

    /// <summary>Who drew it, as far as a consumer group is concerned.</summary>
    public GroupMembership Membership { get; init; } = GroupMembership.None;

    /// <summary>Whether title and member stand above the panels; a page has them in its own text.</summary>
    public bool HasHeading { get; init; } = true;

    /// <summary>Whether no event will come any more.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Whether it is for the width of a phone.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Name of the axis of the readings, with their unit where it is known.</summary>
    public string YLabel { get; init; } = "value";

    /// <summary>
    /// Whether, on the axis <see cref="FigureAxis.Events"/>, each panel starts at 0 with the oldest reading kept of its sensor, instead
    /// of at the readings' own positions. Sensors of which very different numbers came in, as while a consumer catches up partition by partition,
    /// would squeeze each other's lines on a common axis otherwise.
    /// </summary>
    public bool StartsAtOldest { get; init; }

    /// <summary>The name of an axis with its unit.</summary>
    /// <param name="name">What the axis shows.</param>
    /// <param name="unit">Its unit; null where it is not known.</param>
    /// <returns>For example <c>value (°C)</c>.</returns>
    public static string WithUnit(string name, string? unit) => string.IsNullOrWhiteSpace(unit) ? name : $"{name} ({DisplayText.Of(unit)})";

    /// <summary>How many of so many sensors find no panel.</summary>
    /// <returns>0 when each has its panel.</returns>
    public int Hidden(int sensors) => Math.Max(0, sensors - Panels);
}

/// <summary>What the shared axis of a figure counts.</summary>
internal enum FigureAxis
{
    /// <summary>Positions as they are, in the order in which they came; a line joins all of them.</summary>
    Events,

    /// <summary>Numbered steps: sorted, and a line breaks where steps are missing.</summary>
    Step,

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z: sorted, and a line breaks at a pause in the series.</summary>
    Time,

    /// <summary><see cref="Step"/> where each reading that is drawn has one, else <see cref="Events"/>.</summary>
    StepElseEvents,
}
