using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;

namespace HopsKafka.Producer.Resuming;

/// <summary>
/// Waits until no more events of the run arrive: what a dead producer had sent may still be on its way into the topic. Events of
/// others, such as another shard's, do not count.
/// </summary>
/// <param name="steps">Takes what arrives meanwhile.</param>
/// <param name="calm">Nothing may arrive for so long.</param>
internal sealed class QuiescenceWaiter(TopicReader reader, LastSteps steps, TimeSpan calm, TimeSpan limit)
{
    /// <summary>Waits.</summary>
    /// <param name="ends">The ends of the partitions as they are now.</param>
    /// <exception cref="HopsKafkaException">Events go on arriving.</exception>
    public async Task WaitAsync(IReadOnlyList<long> ends, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            await Task.Delay(calm, stop);
            var now = await reader.AskAsync(OffsetSpec.Latest(), ends.Count, stop);
            var arrived = Arrived([.. ends.Select((end, p) => new OffsetWindow(p, end, now[p])).Where(w => w.From < w.Until)], stop);
            if (arrived.Count == 0)
            {
                return;
            }

            if (clock.Elapsed > limit)
            {
                throw StillArriving(arrived);
            }

            ends = now;
        }
    }

    private HashSet<(string Sensor, int Partition)> Arrived(IReadOnlyList<OffsetWindow> windows, CancellationToken stop)
    {
        var arrived = new HashSet<(string, int)>();
        reader.Read(windows, result => Note(result, arrived), stop);
        return arrived;
    }

    private void Note(ConsumeResult<byte[], byte[]> result, HashSet<(string Sensor, int Partition)> arrived)
    {
        if (steps.Take(result) is { } track)
        {
            arrived.Add((track.Id, result.Partition.Value));
        }
    }

    private HopsKafkaException StillArriving(HashSet<(string Sensor, int Partition)> arrived)
    {
        var sensors = arrived.Select(a => a.Sensor).Distinct().Order(NaturalOrder.Instance).ToList();
        var names = string.Join(", ", sensors.Take(3)) + (sensors.Count > 3 ? $" and {sensors.Count - 3} more" : "");
        var places = string.Join(", ", arrived.Select(a => a.Partition).Distinct().Order().Select(p => $"[{p}]"));
        return new HopsKafkaException(
            $"Events of {names} with this seed still arrive at {reader.Topic} {places} after {limit.TotalSeconds:0.#} s: another producer sends them.",
            "Stop that producer first; it prints the step to continue from. Or use other sensors (--shard) or another --seed.");
    }
}
