namespace HopsKafka.Plotting;

/// <summary>One reading of a sensor as a point of its series.</summary>
/// <param name="X">Position on the shared axis: the time step, or the number of the event.</param>
/// <param name="Y">The value that was read; may be NaN or infinite, then it is counted but not drawn.</param>
public readonly record struct ReadingPoint(double X, double Y);
