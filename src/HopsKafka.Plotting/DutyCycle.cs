namespace HopsKafka.Plotting;

/// <summary>
/// Keeps drawing from taking more than a tenth of a processor: where a picture of many sensors takes longer than the time between
/// two pictures, they come less often instead of slowing down what is drawn.
/// </summary>
internal sealed class DutyCycle(TimeProvider time)
{
    private const int RestForEach = 9;

    private long _start = time.GetTimestamp();
    private long _end;
    private TimeSpan _rest = TimeSpan.Zero;

    /// <summary>Whether the rest after the last picture is over.</summary>
    public bool MayDraw => time.GetElapsedTime(_end) >= _rest;

    /// <summary>A picture begins.</summary>
    public void Begin() => _start = time.GetTimestamp();

    /// <summary>The picture is done.</summary>
    public void End()
    {
        _end = time.GetTimestamp();
        _rest = time.GetElapsedTime(_start, _end) * RestForEach;
    }
}
