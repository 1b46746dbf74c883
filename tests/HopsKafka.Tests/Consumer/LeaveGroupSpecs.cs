using Confluent.Kafka;
using HopsKafka.Consumer;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

/// <summary>What a consumer says while it leaves, with clients that no broker answers.</summary>
public sealed class LeaveGroupSpecs
{
    [Fact]
    public async Task A_look_at_the_group_that_fails_in_any_way_does_not_end_the_run()
    {
        var consumer = Consumer();
        consumer.Dispose();
        var notice = new GroupStatusReporter(consumer, "t", "g", 2);

        notice.Update();

        await notice.DisposeAsync();
    }

    [Fact]
    public async Task The_report_can_be_logged_while_an_abandoned_look_still_fills_it()
    {
        using var consumer = Consumer();
        var counts = new EventCounts();
        counts.Add(PrintedRange.Of(0, 5, isShown: true));
        var report = new ConsumptionReport("t", counts, commits: false);
        report.KeepCounts(Enumerable.Range(0, 50));
        using var looking = new ManualResetEventSlim();
        var reported = false;
        var look = Task.Run(() =>
        {
            while (!Volatile.Read(ref reported))
            {
                looking.Set();
                report.QueryOffsets(consumer);
            }
        });
        looking.Wait();

        var lines = 0;
        using (TestCommandContext.Use(text => lines += text.Count(c => c == '\n')))
        {
            for (var i = 0; i < 500; i++)
            {
                report.Log(TimeSpan.FromSeconds(1));
            }
        }

        Volatile.Write(ref reported, true);
        await look;
        Assert.Equal(500 * (1 + 1 + 50), lines);
    }

    [Fact]
    public void What_was_read_is_reported_although_no_broker_answers()
    {
        using var consumer = Consumer();
        var counts = new EventCounts();
        counts.Add(PrintedRange.Of(0, 5, isShown: true));
        var report = new ConsumptionReport("t", counts, commits: true);
        report.KeepCounts([0, 1]);

        var lines = new List<string>();
        using (TestCommandContext.Use(text => lines.AddRange(text.TrimEnd().Split('\n'))))
        {
            report.Log(TimeSpan.FromSeconds(1));
        }

        Assert.Matches(@"0 +5 +5 +1 +\? +\?", lines[2]);
        Assert.Matches(@"1 +- +- +0 +\? +\?", lines[3]);
    }

    private static IConsumer<byte[], byte[]> Consumer() =>
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = "127.0.0.1:1", GroupId = "g" })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
}
