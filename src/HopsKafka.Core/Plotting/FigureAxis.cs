namespace HopsKafka.Plotting;

/// <summary>What the shared axis of a figure counts.</summary>
public enum FigureAxis
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
