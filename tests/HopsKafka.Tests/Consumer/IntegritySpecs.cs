using System.Text;
using Confluent.Kafka;
using HopsKafka.Consumer.Verification;
using HopsKafka.Sensors;

namespace HopsKafka.Tests.Consumer;

/// <summary>What <c>--verify</c> finds in the steps of events.</summary>
public sealed class IntegritySpecs
{
    private readonly IntegrityCheck _check = new();
    private readonly Dictionary<int, long> _offsets = [];

    [Fact]
    public void A_whole_series_is_sound()
    {
        Read(0, 0, 1, 2, 3);

        Assert.True(_check.IsSound);
        Assert.Equal((4L, 0L, 3L), (Trail.Events, Trail.First, Trail.Last));
    }

    [Fact]
    public void Without_events_the_report_says_that_nothing_was_checked()
    {
        Assert.EndsWith("\n0 events of 0 series: nothing to check.\n", new IntegrityReport(_check).Text(asJson: false), StringComparison.Ordinal);
    }

    [Fact]
    public void One_event_removed_is_a_gap()
    {
        Read(0, 0, 1, 3, 4, 7);

        Assert.False(_check.IsSound);
        Assert.Equal(3, Trail.Missing);
        Assert.Equal([(2, 2), (5, 6)], Trail.Gaps);
    }

    [Fact]
    public void One_event_doubled_is_a_duplicate_and_no_disorder()
    {
        Read(0, 0, 1, 1, 2);

        Assert.True(_check.IsSound);
        Assert.Equal((3L, 1L, 0L), (Trail.Events, Trail.Duplicates, Trail.OutOfOrder));
    }

    [Fact]
    public void Two_events_swapped_are_disorder()
    {
        Read(0, 0, 2, 1, 3);

        Assert.False(_check.IsSound);
        Assert.Equal((1L, 0L), (Trail.OutOfOrder, Trail.Missing));
    }

    [Fact]
    public void A_run_that_repeats_steps_is_detected_by_its_duplicates()
    {
        Read(0, 0, 1, 2, 3, 2, 3, 4);

        Assert.True(_check.IsSound);
        Assert.Equal((5L, 2L), (Trail.Events, Trail.Duplicates));
    }

    [Fact]
    public void An_event_of_another_partition_may_come_late()
    {
        Read(0, 0, 1, 4);
        Read(1, 2, 3);

        Assert.True(_check.IsSound);
        Assert.Equal((2L, 0L, 0L), (Trail.Late, Trail.OutOfOrder, Trail.Missing));
        Assert.Equal([0, 1], Trail.Partitions);
    }

    [Fact]
    public void An_offset_that_is_read_again_counts_as_that_alone()
    {
        Read(0, 0, 1, 2);
        _offsets[0] = 1;
        Read(0, 1, 2, 3);

        Assert.True(_check.IsSound);
        Assert.Equal((4L, 0L, 2L), (Trail.Events, Trail.Duplicates, _check.ReadAgain));
    }

    [Fact]
    public void What_other_members_read_meanwhile_is_no_gap()
    {
        Read(0, 0, 1);
        _check.Interrupt([0]);
        Read(0, 5, 6, 8);

        Assert.Equal((3L, 1L), (Trail.ReadByOthers, Trail.Missing));
    }

    [Fact]
    public void Seeds_are_series_of_their_own_and_events_without_a_step_are_counted()
    {
        Read(0, 5, 6);
        ReadSeed(0, 7, 0, 1);
        _check.Add(Result(0, null));

        Assert.True(_check.IsSound);
        Assert.Equal([42, 7], _check.Sensors.OrderByDescending(t => t.Seed).Select(t => t.Seed));
        Assert.Equal(1, _check.WithoutStep);
    }

    [Fact]
    public void A_random_order_of_steps_ends_as_one_range_with_each_counted_once()
    {
        var steps = Enumerable.Range(0, 1000).ToArray();
        new Random(5).Shuffle(steps);
        var set = new StepSet();

        var added = steps.Count(step => set.Add(step));
        var again = steps.Count(step => set.Add(step));

        Assert.Equal((1000, 0), (added, again));
        Assert.Equal([(0L, 999L)], set.Ranges);
    }

    private SensorStepTracker Trail => _check.Sensors.Single();

    private void Read(int partition, params long[] steps) => ReadSeed(partition, 42, steps);

    private void ReadSeed(int partition, long seed, params long[] steps)
    {
        foreach (var step in steps)
        {
            _check.Add(Result(partition, new StepHeader(seed, step)));
        }
    }

    private ConsumeResult<byte[], byte[]> Result(int partition, StepHeader? header)
    {
        var offset = _offsets.GetValueOrDefault(partition);
        _offsets[partition] = offset + 1;
        return new ConsumeResult<byte[], byte[]>
        {
            TopicPartitionOffset = new TopicPartitionOffset("t", partition, offset),
            Message = new Message<byte[], byte[]>
            {
                Key = Encoding.UTF8.GetBytes("sensor0"),
                Headers = header is { } h ? [new Header(StepHeader.Name, h.ToBytes())] : [],
            },
        };
    }
}
