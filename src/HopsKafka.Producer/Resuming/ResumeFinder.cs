using Confluent.Kafka.Admin;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;

namespace HopsKafka.Producer.Resuming;

/// <summary>
/// Finds out from the topic where a run goes on that could not say so itself. The last delivered step of each sensor is enough for
/// that: a producer sends no later event of a sensor after one that failed, and brokers accept those of a partition in their order,
/// so below the last step nothing is missing. There is one exception: where partitions were added to the topic just before the
/// producer died, the last events in the old partition may be missing although a later one is in the new;
/// <c>avro-consumer --verify</c> shows it.
/// <para>
/// Steps may be in the topic twice, and a repeated old one behind the newest. The latest that is seen counts; at worst the run
/// repeats steps, but it never leaves one out.
/// </para>
/// </summary>
/// <param name="request">What was asked for.</param>
internal sealed class ResumeFinder(HopsKafkaConfig config, ProjectCertificates certificates, ProduceRequest request) : IDisposable
{
    private readonly TopicReader _reader = new(config, certificates);

    /// <summary>Nothing of the run may arrive for so long before the topic counts as complete.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for that.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Events that had to be read.</summary>
    public long EventsRead => _reader.EventsRead;

    /// <summary>Finds it.</summary>
    /// <returns>The sensors, each from its own next step on.</returns>
    /// <exception cref="HopsKafkaException">The topic cannot be read, or another producer is at work.</exception>
    public async Task<IReadOnlyList<SensorState>> FindAsync(IReadOnlyList<SensorState> tracks, CancellationToken stop)
    {
        var partitions = _reader.FindTopic(new BrokerDiagnosis(config, certificates, ConsoleLog.Logger), stop);
        ConsoleLog.Report($"Looking in topic {_reader.Topic} for the last delivered steps.");
        var steps = new LastSteps(tracks, request.Seed, partitions);
        var ends = await _reader.AskAsync(OffsetSpec.Latest(), partitions, stop);
        await new QuiescenceWaiter(_reader, steps, Calm, Limit).WaitAsync(ends, stop);

        var begins = await _reader.AskAsync(OffsetSpec.Earliest(), partitions, stop);
        new BackwardScan(_reader, steps, tracks.Count, begins, ends).Run(stop);
        Tell(steps.Found, tracks.Count);
        return [.. tracks.Select(t => t.From(steps.Found.TryGetValue(t.Index, out var last) ? last + 1 : t.FirstStep))];
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private void Tell(IReadOnlyDictionary<int, long> found, int sensors)
    {
        if (found.Count == 0)
        {
            ConsoleLog.Report($"Resuming: no event of these sensors with seed {request.Seed} is there; starting at step {request.FirstStep}.");
            return;
        }

        var (least, most) = (found.Values.Min(), found.Values.Max());
        var steps = least == most ? $"step {least} was" : $"steps {least} to {most} were";
        var missing = sensors - found.Count;
        var rest = missing == 0 ? "" : $"; {missing} not found, to start at step {request.FirstStep}";
        ConsoleLog.Report($"Resuming: {found.Count} sensor{(found.Count == 1 ? "" : "s")} found, {steps} the last delivered{rest}.");
    }
}
