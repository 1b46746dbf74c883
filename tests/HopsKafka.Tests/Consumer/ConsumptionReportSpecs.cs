using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Consumer;
using HopsKafka.Kafka;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary>The lag in the table at the end of a run.</summary>
public sealed class ConsumptionReportSpecs(SharedSandbox sandbox)
{
    [Theory]
    [InlineData(true, "none")]
    [InlineData(false, "-")]
    public async Task An_empty_partition_has_no_lag_although_nothing_is_committed(bool commits, string committed)
    {
        using var testTopic = new TestTopic(sandbox.User, await sandbox.User.NewTopicAsync(partitions: 1));

        Assert.Equal($"0 - - 0 {committed} 0", Row(testTopic, new EventCounts(), commits));
    }

    [Theory]
    [InlineData(true, "none")]
    [InlineData(false, "-")]
    public async Task A_partition_that_was_followed_from_its_end_has_none_either(bool commits, string committed)
    {
        using var testTopic = new TestTopic(sandbox.User, await sandbox.User.NewTopicAsync(partitions: 1));
        testTopic.Write(0, TestTopic.Step("a", 0), TestTopic.Step("a", 1));
        var counts = new EventCounts();
        counts.AddEnd(0, 2);

        Assert.Equal($"0 - - 0 {committed} 0", Row(testTopic, counts, commits));
    }

    [Fact]
    public async Task One_that_was_not_read_to_its_end_lags_and_one_whose_position_is_not_known_says_so()
    {
        using var testTopic = new TestTopic(sandbox.User, await sandbox.User.NewTopicAsync(partitions: 1));
        testTopic.Write(0, TestTopic.Step("a", 0), TestTopic.Step("a", 1), TestTopic.Step("a", 2));
        var counts = new EventCounts();
        counts.Add(new PrintedRange(0, 0, 0, 1));

        Assert.Equal("0 0 0 1 - 2", Row(testTopic, counts, commits: false));
        Assert.Equal("0 - - 0 none ?", Row(testTopic, new EventCounts(), commits: true));
    }

    [Fact]
    public void The_report_names_what_its_seconds_include()
    {
        var log = new ConcurrentQueue<string>();
        using (TestCommandContext.Use(log.Enqueue))
        {
            new ConsumptionReport("t", new EventCounts(), true).Log(TimeSpan.FromSeconds(1.25));
        }

        Assert.Equal($"Consumed 0 in 1.3 s, connecting and leaving included.{Environment.NewLine}", Assert.Single(log));
    }

    private static string Row(TestTopic testTopic, EventCounts counts, bool commits)
    {
        var report = new ConsumptionReport(testTopic.Config.Kafka.Topic, counts, commits);
        using var consumer = new ConsumerBuilder<byte[], byte[]>(KafkaClientConfig.Consumer(testTopic.Config, testTopic.Certificates, $"group-{Guid.NewGuid():N}"))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        report.KeepCounts([0]);
        report.QueryOffsets(consumer);
        var log = new ConcurrentQueue<string>();
        using (TestCommandContext.Use(log.Enqueue))
        {
            report.Log(TimeSpan.Zero);
        }

        return Regex.Replace(log.Last().Trim().Split('\n')[^1].Trim(), " +", " ");
    }
}
