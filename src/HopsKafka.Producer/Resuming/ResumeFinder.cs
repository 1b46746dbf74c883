using Confluent.Kafka.Admin;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;

namespace HopsKafka.Producer.Resuming;

/// <summary>
/// Finds the step from which each sensor continues, for a run that could not print it. The last delivered step of each sensor is
/// sufficient: a producer sends no event of a sensor after one that failed, and brokers keep the order within a partition, so no step
/// below the last one is missing. The exception: if partitions were added to the topic just before the producer was killed, the last events
/// of the old partition may be missing although a later one is in the new partition; <c>avro-consumer --verify</c> reports it.
/// <para>
/// A step may be in the topic twice, also behind later ones. The highest step found counts; at worst the run repeats steps, but it never
/// skips one.
/// </para>
/// </summary>
internal sealed class ResumeFinder(HopsKafkaConfig config, ProjectCertificates certificates, ProduceRequest request) : IDisposable
{
    private const long FirstWindow = 1000;

    private readonly TopicReader _reader = new(config, certificates);

    /// <summary>Time without a new event of these sensors after which the topic counts as complete.</summary>
    public TimeSpan QuietPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time limit of the wait for it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Number of events read.</summary>
    public long EventsRead => _reader.EventsRead;

    /// <summary>Finds the next step of each sensor.</summary>
    /// <returns>The sensors, each with its next step as the first one.</returns>
    /// <exception cref="HopsKafkaException">The topic cannot be read, or another producer still writes to it.</exception>
    public async Task<IReadOnlyList<SensorState>> FindAsync(IReadOnlyList<SensorState> sensors, CancellationToken stop)
    {
        var partitions = _reader.FindTopic(new BrokerDiagnosis(config, certificates, ConsoleLog.Logger), stop);
        ConsoleLog.Report($"Searching topic {_reader.Topic} for the last delivered steps.");
        var steps = new LastSteps(sensors, request.Seed, partitions);
        var ends = await _reader.ListOffsetsAsync(OffsetSpec.Latest(), partitions, stop);
        await new QuiescenceWaiter(_reader, result => steps.Add(result)?.Id, QuietPeriod, Timeout).WaitAsync(
            ends, "Stop that producer first; it prints the step to continue from. Or use other sensors (--shard) or another --seed.", stop);

        var beginnings = await _reader.ListOffsetsAsync(OffsetSpec.Earliest(), partitions, stop);
        Scan(steps, new BackwardScan(_reader, beginnings, ends, Math.Max(FirstWindow, 2L * sensors.Count)), stop);
        Report(steps.Found, sensors.Count);
        return [.. sensors.Select(t => t.From(steps.Found.TryGetValue(t.Index, out var last) ? last + 1 : t.FirstStep))];
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    // A sensor's events are in the partition of its key. If partitions were added to the topic, the last ones may be in another: so a sensor that is not in its own
    // partition is searched for in all.
    private static void Scan(LastSteps steps, BackwardScan scan, CancellationToken stop)
    {
        scan.Read(partition => steps.CountMissing(partition) == 0, result => steps.Add(result), stop);
        var missing = steps.FindMissing();
        scan.Read(partition => steps.HasAll(partition, missing), result => steps.Add(result), stop);
    }

    private void Report(IReadOnlyDictionary<int, long> found, int sensors)
    {
        if (found.Count == 0)
        {
            ConsoleLog.Report($"Resuming: no event of these sensors with seed {request.Seed} was found; starting at step {request.FirstStep}.");
            return;
        }

        var (least, most) = (found.Values.Min(), found.Values.Max());
        var steps = least == most ? $"step {least} was" : $"steps {least} to {most} were";
        var missing = sensors - found.Count;
        var rest = missing == 0 ? "" : $"; {missing} not found, starting at step {request.FirstStep}";
        ConsoleLog.Report($"Resuming: {found.Count} sensor{(found.Count == 1 ? "" : "s")} found, {steps} the last delivered{rest}.");
    }
}
