using HopsKafka.Sensors;

namespace HopsKafka.TestKit;

/// <summary>
/// Compares a topic with what the producer's runs report: each event is what its sensor has at its step; in each partition the steps of
/// a sensor are in order and once; none is missing from the first step to N, nor between any two; each acknowledged event is where its
/// acknowledgement says; and N is the first step that was not acknowledged. A later run may repeat steps from its first one on.
/// </summary>
/// <param name="stored">The topic's events, each partition in its order.</param>
/// <param name="sensors">Number of sensors.</param>
/// <param name="seed">Seed of the series.</param>
public sealed class TopicCheck(IReadOnlyList<StoredEvent> stored, int sensors = 8, long seed = SensorSeries.DefaultSeed)
{
    private readonly Dictionary<string, SensorSeries> _series =
        SensorSet.Take(SensorShape.Tutorial, sensors).ToDictionary(shape => shape.Id, shape => new SensorSeries(shape, seed));

    private readonly ILookup<string, StoredEvent> _bySensor = stored.Where(e => e.Header is not null).ToLookup(e => e.KeyText);

    /// <summary>Fails if there are faults.</summary>
    public static void AssertConsistent(IReadOnlyList<StoredEvent> stored, params ProducerReport[] runs)
    {
        var faults = new TopicCheck(stored).Faults(runs);
        Assert.True(faults.Count == 0, $"{faults.Count} faults: {string.Join("; ", faults.Take(10))}");
    }

    /// <summary>Each inconsistency as a sentence; empty for none.</summary>
    public IReadOnlyList<string> Faults(params ProducerReport[] runs) =>
        [.. stored.Select(ContentFault).OfType<string>(), .. OrderFaults(runs), .. StepFaults(runs), .. runs.SelectMany(AcknowledgementFaults), .. CountFaults(runs)];

    private string? ContentFault(StoredEvent e)
    {
        if (e.Header is not { } header || e.Reading() is not { } reading || !_series.TryGetValue(e.KeyText, out var series))
        {
            return $"{e.Place} is no event of a known sensor with a step";
        }

        return header.Seed == seed && reading.Id == e.KeyText && reading.Timestamp == e.Timestamp && reading.Value.Equals(series.ValueAt(header.Step))
            ? null
            : $"{e.Place} is not what {e.KeyText} has at step {header.Step}";
    }

    private IEnumerable<string> OrderFaults(ProducerReport[] runs)
    {
        var restarts = runs.Skip(1).Select(run => run.FirstStep).ToHashSet();
        foreach (var events in stored.Where(e => e.Header is not null).GroupBy(e => (e.KeyText, e.Partition)))
        {
            var seen = new HashSet<long>();
            var last = -1L;
            foreach (var e in events)
            {
                var step = e.Header!.Value.Step;
                if (step <= last && !restarts.Contains(step))
                {
                    yield return seen.Contains(step)
                        ? $"{e.KeyText}: step {step} is twice in partition {e.Partition}"
                        : $"{e.KeyText}: step {step} stands behind step {last} in partition {e.Partition}";
                }

                seen.Add(step);
                last = step;
            }
        }
    }

    private IEnumerable<string> StepFaults(ProducerReport[] runs)
    {
        var (first, resume) = (runs[0].FirstStep, runs[^1].Resume);
        foreach (var sensor in _series.Keys)
        {
            var steps = _bySensor[sensor].Select(e => e.Header!.Value.Step).ToList();
            var known = steps.ToHashSet();
            var end = Math.Max(resume, known.Count == 0 ? 0 : known.Max() + 1);
            for (var step = first; step < end; step++)
            {
                if (!known.Contains(step))
                {
                    yield return $"{sensor}: step {step} is missing";
                }
            }

            if (runs.Length == 1 && steps.Count > known.Count)
            {
                yield return $"{sensor}: {steps.Count - known.Count} steps are there more than once";
            }
        }
    }

    private IEnumerable<string> AcknowledgementFaults(ProducerReport run)
    {
        if (run.Acknowledged.Count == 0)
        {
            yield break;
        }

        var places = stored.ToDictionary(e => (e.Partition, e.Offset));
        var acknowledged = _series.Keys.ToDictionary(sensor => sensor, _ => new HashSet<long>());
        foreach (var acknowledgement in run.Acknowledged)
        {
            if (!places.TryGetValue((acknowledgement.Partition, acknowledgement.Offset), out var e) || e.KeyText != acknowledgement.Sensor || e.Header is null)
            {
                yield return $"the acknowledged event of {acknowledgement.Sensor} is not at [{acknowledgement.Partition}] offset {acknowledgement.Offset}";
            }
            else if (!acknowledged[acknowledgement.Sensor].Add(e.Header.Value.Step))
            {
                yield return $"{acknowledgement.Sensor}: step {e.Header.Value.Step} was acknowledged twice";
            }
        }

        var next = acknowledged.Values.Min(steps =>
        {
            var step = run.FirstStep;
            while (steps.Contains(step))
            {
                step++;
            }

            return step;
        });
        if (next != run.Resume)
        {
            yield return $"N is {run.Resume}, but the first step that was not acknowledged is {next}";
        }
    }

    private IEnumerable<string> CountFaults(ProducerReport[] runs)
    {
        foreach (var run in runs.Where(run => run.Acknowledged.Count > 0 && run.Acknowledged.Count != run.Delivered))
        {
            yield return $"{run.Delivered} were counted as delivered, but {run.Acknowledged.Count} were printed";
        }

        foreach (var run in runs.Where(run => run.ExitCode == 0 != (run.Failed == 0)))
        {
            yield return $"the exit code is {run.ExitCode} with {run.Failed} failed events";
        }

        var delivered = runs.Sum(run => run.Delivered);
        if (stored.Count < delivered || (stored.Count > delivered && runs.All(run => run.Failed == 0)))
        {
            yield return $"{stored.Count} events are stored, {delivered} were counted as delivered";
        }
    }
}
