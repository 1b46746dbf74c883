using HopsKafka.Sensors;

namespace HopsKafka.Tool.Demo;

/// <summary>
/// Checks that every event arrived, and in order per sensor. The series is a pure function, so a value determines its step.
/// </summary>
/// <param name="steps">Number of steps that were produced, from 0.</param>
internal sealed class SeriesCheck(int steps)
{
    private readonly Dictionary<string, Dictionary<double, int>> _stepOf = SensorShape.Tutorial.ToDictionary(
        shape => shape.Id,
        shape => Enumerable.Range(0, steps).ToDictionary(step => new SensorSeries(shape).ValueAt(step), step => step));

    private readonly Dictionary<string, HashSet<int>> _seen = SensorShape.Tutorial.ToDictionary(s => s.Id, _ => new HashSet<int>());

    /// <summary>Events that arrived more than once.</summary>
    public int Repeated { get; private set; }

    /// <summary>What is wrong, one sentence each.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Adds what one consumer printed.</summary>
    /// <param name="events">Its events in order.</param>
    public void Add(string consumer, IReadOnlyList<PrintedEvent> events)
    {
        var last = new Dictionary<string, int>();
        foreach (var printed in events)
        {
            if (!_stepOf.TryGetValue(printed.Sensor, out var byValue) || !byValue.TryGetValue(printed.Value, out var step))
            {
                Faults.Add($"{consumer} printed {printed.Value} of {printed.Sensor}, which was never produced.");
            }
            else if (!_seen[printed.Sensor].Add(step))
            {
                Repeated++;
                last[printed.Sensor] = step;
            }
            else
            {
                if (last.TryGetValue(printed.Sensor, out var before) && step <= before)
                {
                    Faults.Add($"{consumer} printed step {step} of {printed.Sensor} after step {before}.");
                }

                last[printed.Sensor] = step;
            }
        }
    }

    /// <summary>Ends the check.</summary>
    /// <returns>How many different events arrived.</returns>
    public int Finish()
    {
        foreach (var (sensor, seen) in _seen.Where(s => s.Value.Count < steps))
        {
            var missing = Enumerable.Range(0, steps).Except(seen);
            Faults.Add($"Of {sensor} these steps are missing: {string.Join(", ", missing)}.");
        }

        return _seen.Values.Sum(seen => seen.Count);
    }
}
