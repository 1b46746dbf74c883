using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;

namespace HopsKafka.Producer.Resuming;

/// <summary>
/// Waits until no more events of the run arrive: requests of a killed producer may still be in flight. Events of other sensors, such as
/// those of another shard, do not count.
/// </summary>
/// <param name="steps">Collects the events that arrive meanwhile.</param>
/// <param name="quietPeriod">Time without a new event.</param>
internal sealed class QuiescenceWaiter(TopicReader reader, LastSteps steps, TimeSpan quietPeriod, TimeSpan timeout)
{
    /// <summary>Waits.</summary>
    /// <param name="ends">The current end offsets of the partitions.</param>
    /// <exception cref="HopsKafkaException">Events still arrive after the timeout.</exception>
    public async Task WaitAsync(IReadOnlyList<long> ends, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            await Task.Delay(quietPeriod, stop);
            var now = await reader.ListOffsetsAsync(OffsetSpec.Latest(), ends.Count, stop);
            var arrived = Arrived([.. ends.Select((end, p) => new OffsetWindow(p, end, now[p])).Where(w => w.From < w.Until)], stop);
            if (arrived.Count == 0)
            {
                return;
            }

            if (clock.Elapsed > timeout)
            {
                throw StillArriving(arrived);
            }

            ends = now;
        }
    }

    private HashSet<(string Sensor, int Partition)> Arrived(IReadOnlyList<OffsetWindow> windows, CancellationToken stop)
    {
        var arrived = new HashSet<(string, int)>();
        reader.Read(windows, result => Add(result, arrived), stop);
        return arrived;
    }

    private void Add(ConsumeResult<byte[], byte[]> result, HashSet<(string Sensor, int Partition)> arrived)
    {
        if (steps.Add(result) is { } sensor)
        {
            arrived.Add((sensor.Id, result.Partition.Value));
        }
    }

    private HopsKafkaException StillArriving(HashSet<(string Sensor, int Partition)> arrived)
    {
        var sensors = arrived.Select(a => a.Sensor).Distinct().Order(NaturalOrder.Instance).ToList();
        var names = string.Join(", ", sensors.Take(3)) + (sensors.Count > 3 ? $" and {sensors.Count - 3} more" : "");
        var places = string.Join(", ", arrived.Select(a => a.Partition).Distinct().Order().Select(p => $"[{p}]"));
        return new HopsKafkaException(
            $"Events of {names} with this seed still arrive in {reader.Topic} {places} after {timeout.TotalSeconds:0.#} s: another producer sends them.",
            "Stop that producer first; it prints the step to continue from. Or use other sensors (--shard) or another --seed.");
    }
}
