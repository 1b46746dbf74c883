using HopsKafka.Common;

namespace HopsKafka.Plotting;

/// <summary>The options of a figure. Creating them does not load the drawing library.</summary>
internal sealed record FigureOptions
{
    /// <summary>The most panels that stay readable in one figure.</summary>
    public const int MaxPanels = 64;

    /// <summary>Creates the options.</summary>
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

    /// <summary>Maximum number of panels, one per sensor. Without a sensor, one panel reports that there are no events yet.</summary>
    public int Panels { get; }

    /// <summary>The shared X axis.</summary>
    public FigureAxis Axis { get; init; }

    /// <summary>What a panel shows, in the title of that axis.</summary>
    public string Noun { get; init; } = "sensor";

    /// <summary>The consumer's membership in its group.</summary>
    public GroupMembership Membership { get; init; } = GroupMembership.None;

    /// <summary>Whether to draw title and member above the panels; a web page has them in its own text.</summary>
    public bool HasHeading { get; init; } = true;

    /// <summary>Whether this is the last picture of the run.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Whether it is for the width of a phone.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Name of the axis of the readings, with their unit if known.</summary>
    public string YLabel { get; init; } = "value";

    /// <summary>
    /// Whether, on the axis <see cref="FigureAxis.Events"/>, each panel starts at 0 with the oldest reading kept of its sensor, instead
    /// of at the readings' own positions. Sensors of which very different numbers came in, as while a consumer catches up partition by partition,
    /// would squeeze each other's lines on a common axis otherwise.
    /// </summary>
    public bool StartsAtOldest { get; init; }

    /// <summary>The name of an axis with its unit.</summary>
    /// <param name="name">What the axis shows.</param>
    /// <param name="unit">Its unit; null if unknown.</param>
    /// <returns>For example <c>value (°C)</c>.</returns>
    public static string WithUnit(string name, string? unit) => string.IsNullOrWhiteSpace(unit) ? name : $"{name} ({DisplayText.Of(unit)})";

    /// <summary>Number of sensors without a panel.</summary>
    /// <returns>0 if each has a panel.</returns>
    public int Hidden(int sensors) => Math.Max(0, sensors - Panels);
}

/// <summary>The shared X axis of a figure.</summary>
internal enum FigureAxis
{
    /// <summary>Numbers of the events in the order of their arrival, joined by one line.</summary>
    Events,

    /// <summary>Numbered steps: sorted, and a line breaks where steps are missing.</summary>
    Step,

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z: sorted, and a line breaks at a pause in the series.</summary>
    Time,

    /// <summary><see cref="Step"/> where each reading that is drawn has one, else <see cref="Events"/>.</summary>
    StepElseEvents,
}
