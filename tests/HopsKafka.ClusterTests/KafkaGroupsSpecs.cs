using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>hops-kafka groups and doctor on a real Apache Kafka, which tells all.</summary>
public sealed class KafkaGroupsSpecs(KafkaFixture kafka) : GroupsSpecs(kafka.User), IClassFixture<KafkaFixture>
{
    [Fact]
    public async Task A_reset_to_the_beginning_makes_the_group_read_all_again_and_one_to_the_end_nothing()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "4");
        await ConsumeAsync(topic, "again");

        var reset = await ResetAsync(topic, "again", "beginning", "--yes");
        var second = await ConsumeAsync(topic, "again");
        await ResetAsync(topic, "again", "beginning", "--yes");
        await ResetAsync(topic, "again", "end", "--yes");
        var third = await ConsumeAsync(topic, "again");

        Assert.Equal(0, reset.ExitCode);
        Assert.Contains($"{topic} [0]: ", reset.Error, StringComparison.Ordinal);
        Assert.Equal((4, 0), (Readings.Of(second).Count, Readings.Of(third).Count));
    }

    [Fact]
    public async Task Members_are_shown_with_their_partitions_and_keep_a_reset_away()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "4");
        await using var consumer = User.StartProcess("avro-consumer", topic, "-g", "busy");
        await consumer.ReadLinesAsync(12);

        var group = await LookAsync(topic, "busy");
        var refused = await ResetAsync(topic, "busy", "beginning", "--yes");
        var all = await User.RunAsync("hops-kafka", topic, "groups");

        var member = Assert.Single(group.GetProperty("members").EnumerateArray());
        Assert.Equal(("Stable", "avro-consumer"), (group.GetProperty("state").GetString(), member.GetProperty("client").GetString()));
        Assert.Equal(2, member.GetProperty("partitions").GetArrayLength());
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Group busy has 1 active member: its offsets cannot be set.", refused.Error, StringComparison.Ordinal);
        Assert.Matches(@"\nbusy +Stable +1\n", all.Output);
    }

    [Fact]
    public async Task A_reset_to_a_time_goes_to_the_first_event_of_that_time()
    {
        var topic = await User.NewTopicAsync(partitions: 1);
        await ProduceAsync(topic, "2");
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        var time = DateTimeOffset.UtcNow;
        await ProduceAsync(topic, "3");

        var result = await ResetAsync(topic, "timed", $"{time:yyyy-MM-ddTHH:mm:ss.fffZ}", "--yes");

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Contains($"{topic} [0]: nothing committed -> 2\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_resets_to_a_time_or_given_offsets_what_has_no_members()
    {
        var topic = await User.NewTopicAsync(partitions: 1);
        await ProduceAsync(topic, "4");
        await ConsumeAsync(topic, "program");
        await using var hops = await HopsworksConnection.OpenAsync(User.Sandbox.ConfigFile);

        var first = await hops.ConsumerGroups.ResetOffsetsAsync("program", topic, OffsetSpec.ForTimestamp(0));
        var given = await hops.ConsumerGroups.ResetOffsetsAsync("program", [new TopicPartitionOffset(topic, 0, 3)]);
        await using var consumer = User.StartProcess("avro-consumer", topic, "-g", "program");
        await consumer.ReadLinesAsync(3);
        var refused = await Assert.ThrowsAsync<HopsKafkaException>(() => hops.ConsumerGroups.ResetOffsetsAsync("program", topic, OffsetSpec.Latest()));

        Assert.Equal([new TopicPartitionOffset(topic, 0, 0), new TopicPartitionOffset(topic, 0, 3)], [.. first, .. given]);
        Assert.Equal(ErrorCode.NonEmptyGroup, Assert.IsType<KafkaException>(refused.InnerException).Error.Code);
        Assert.Contains("has 1 active member:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_nothing_wrong_and_an_event_comes_back()
    {
        var topic = await User.NewTopicAsync();

        var result = await User.RunAsync("hops-kafka", topic, "doctor", "--round-trip");

        // The topic was made in Kafka alone, so Hopsworks names no subject for it.
        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Matches($@"\nskipped .* subject of {topic}: ", result.Output);
        Assert.Matches($@"\nok .* write {topic}: granted\n", result.Output);
        Assert.Matches(@"\nok .* round trip: \d+ bytes came back unchanged", result.Output);
        Assert.True(result.Output.Contains(" 0 with a warning, 1 skipped, in ", StringComparison.Ordinal), $"{result}");
    }
}
