namespace HopsKafka.Plotting;

/// <summary>A labelled position of an axis.</summary>
/// <param name="Position">Where, in the axis' own unit.</param>
/// <param name="Label">What stands there.</param>
internal readonly record struct AxisTick(double Position, string Label);
