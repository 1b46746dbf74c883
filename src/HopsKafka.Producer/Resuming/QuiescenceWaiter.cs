using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;

namespace HopsKafka.Producer.Resuming;

/// <summary>
/// Waits until no more events of the run arrive: requests of a killed producer may still be in flight. Events of others, such as those of another shard, do not count.
/// </summary>
/// <param name="add">Takes an event that arrives meanwhile; returns whose it is, or null if it is not one of the run.</param>
/// <param name="quietPeriod">Time without a new event.</param>
internal sealed class QuiescenceWaiter(TopicReader reader, Func<ConsumeResult<byte[], byte[]>, string?> add, TimeSpan quietPeriod, TimeSpan timeout)
{
    /// <summary>Waits.</summary>
    /// <param name="ends">The current end offsets of the partitions.</param>
    /// <param name="remedy">What to do if events still arrive.</param>
    /// <exception cref="HopsKafkaException">Events still arrive after the timeout.</exception>
    public async Task WaitAsync(IReadOnlyList<long> ends, string remedy, CancellationToken stop)
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
                throw StillArriving(arrived, remedy);
            }

            ends = now;
        }
    }

    private HashSet<(string Owner, int Partition)> Arrived(IReadOnlyList<OffsetWindow> windows, CancellationToken stop)
    {
        var arrived = new HashSet<(string, int)>();
        reader.Read(windows, result => Add(result, arrived), stop);
        return arrived;
    }

    private void Add(ConsumeResult<byte[], byte[]> result, HashSet<(string Owner, int Partition)> arrived)
    {
        if (add(result) is { } owner)
        {
            arrived.Add((owner, result.Partition.Value));
        }
    }

    private HopsKafkaException StillArriving(HashSet<(string Owner, int Partition)> arrived, string remedy)
    {
        var owners = arrived.Select(a => a.Owner).Distinct().Order(NaturalOrder.Instance).ToList();
        var names = string.Join(", ", owners.Take(3)) + (owners.Count > 3 ? $" and {owners.Count - 3} more" : "");
        var places = string.Join(", ", arrived.Select(a => a.Partition).Distinct().Order().Select(p => $"[{p}]"));
        return new HopsKafkaException(
            $"Events of {names} still arrive in {reader.Topic} {places} after {timeout.TotalSeconds:0.#} s: another producer sends them.",
            remedy);
    }
}
