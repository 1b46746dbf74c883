using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Producer;

/// <summary><c>avro-producer --resume</c> and <c>--shard</c>.</summary>
public sealed class ProducerResumeSpecs(SharedSandbox sandbox) : SharedToolSpecs(sandbox.User)
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_run_that_is_resumed_ends_where_it_would_have_ended_and_then_there_is_nothing_to_do()
    {
        var topic = await User.NewTopicAsync();

        var empty = await ProduceAsync(topic, "--resume", "-e", "5", "-d", "0", "-q");
        var resumed = await ProduceAsync(topic, "--resume", "-e", "12", "-d", "0", "-q");
        var again = await ProduceAsync(topic, "--resume", "-e", "12", "-d", "0");

        Assert.Contains("Searching topic", empty.Error, StringComparison.Ordinal);
        Assert.Contains("Resuming: no event of these sensors with seed 42 was found; starting at step 0.\n", empty.Error, StringComparison.Ordinal);
        Assert.Contains("Resuming: 8 sensors found, step 4 was the last delivered.\n", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("Delivered 56 ", resumed.Error, StringComparison.Ordinal);
        Assert.EndsWith("All events are already sent: the next step of every sensor is 12 or later.\n", again.Error, StringComparison.Ordinal);
        Assert.All([resumed, again], run => Assert.Equal("To continue execution start from event 12\n", run.Output));
        Readings.AssertComplete(Readings.Of(await ConsumeAsync(topic, "all")), 12);
    }

    [Fact]
    public async Task Sensors_that_are_behind_catch_up_first_and_the_resume_step_is_that_of_the_last()
    {
        var topic = await User.NewTopicAsync();

        var shard = await ProduceAsync(topic, "--shard", "1/2", "-e", "7", "-d", "0", "-q");
        var all = await ProduceAsync(topic, "--resume", "-e", "9", "-d", "0", "-q");

        Assert.StartsWith("Shard 1/2: 4 of 8 sensors.\n", shard.Error, StringComparison.Ordinal);
        Assert.Contains("Resuming: 4 sensors found, step 6 was the last delivered; 4 not found, starting at step 0.\n", all.Error, StringComparison.Ordinal);
        Assert.Contains("Delivered 44 ", all.Error, StringComparison.Ordinal);
        Assert.Equal("To continue execution start from event 9\n", all.Output);
        Readings.AssertComplete(Readings.Of(await ConsumeAsync(topic, "all")), 9);
    }

    [Fact]
    public async Task A_stop_during_the_search_is_reported_as_such()
    {
        var topic = await User.NewTopicAsync();
        await using var producer = User.Start("avro-producer", topic, "--resume", "-e", "5", "-d", "0");
        await producer.WaitForLogAsync("Searching topic");

        producer.Interrupt();
        var stopped = await producer.WaitForExitAsync();

        Assert.Equal((0, ""), (stopped.ExitCode, stopped.Output));
        Assert.EndsWith("Stopped before the first event: --resume searches the topic again\n", stopped.Error, StringComparison.Ordinal);
    }
}
