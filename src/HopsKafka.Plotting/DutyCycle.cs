namespace HopsKafka.Plotting;

/// <summary>
/// Limits drawing to a tenth of a processor: if drawing takes longer than the interval, pictures are drawn less often, and events are not
/// delayed.
/// </summary>
internal sealed class DutyCycle(TimeProvider time)
{
    private const int PauseFactor = 9;

    private long _start = time.GetTimestamp();
    private long _end;
    private TimeSpan _pause = TimeSpan.Zero;

    /// <summary>Whether the pause after the last picture is over.</summary>
    public bool MayDraw => time.GetElapsedTime(_end) >= _pause;

    /// <summary>Starts the measurement of a picture.</summary>
    public void Begin() => _start = time.GetTimestamp();

    /// <summary>Ends the measurement of a picture.</summary>
    public void End()
    {
        _end = time.GetTimestamp();
        _pause = time.GetElapsedTime(_start, _end) * PauseFactor;
    }
}
