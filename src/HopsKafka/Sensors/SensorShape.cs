namespace HopsKafka.Sensors;

/// <summary>
/// The parameters of one emulated sensor: <c>value(step) = Baseline + Slope·step + Amplitude·pattern(((step + Phase) mod
/// Period) / Period) + Noise·N(0,1)</c>, where <c>pattern(x)</c> is <c>cos(2πx)</c> below 0.4 and <c>1/exp(3x)</c> from there on.
/// </summary>
/// <param name="Id">The sensor's id, which is also the key of its events.</param>
/// <param name="Baseline">Value around which the series starts.</param>
/// <param name="Slope">Trend, in value per step.</param>
/// <param name="Period">Length of the season in steps; above 0.</param>
/// <param name="Amplitude">Amplitude of the season.</param>
/// <param name="Noise">Standard deviation of the noise; 0 for none.</param>
/// <param name="Phase">Shift of the season in steps.</param>
public sealed record SensorShape(
    string Id, double Baseline, double Slope, double Period, double Amplitude, double Noise, double Phase)
{
    /// <summary>The eight sensors of the tutorial, <c>sensor0</c> to <c>sensor7</c>.</summary>
    public static IReadOnlyList<SensorShape> Tutorial { get; } =
    [
        new("sensor0", 10, 0.1, 100, 40, 5, 0),
        new("sensor1", 10, 0.2, 50, 30, 4, 0),
        new("sensor2", 20, -0.1, 100, 50, 6, 20),
        new("sensor3", 10, 0.1, 100, 40, 0, 0),
        new("sensor4", 30, -0.1, 100, 40, 5, 0),
        new("sensor5", 40, 0, 200, 10, 4, 0),
        new("sensor6", 0, 0.3, 100, 20, 6, 50),
        new("sensor7", -10, 0.1, 100, 40, 9, 0),
    ];
}
