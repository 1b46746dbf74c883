using System.Text.Json;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Common;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>hops-kafka groups and doctor on a real Apache Kafka, which also lists and deletes groups.</summary>
public sealed class KafkaGroupsSpecs(KafkaFixture kafka) : GroupsSpecs(kafka.User)
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
        Assert.Contains("\nPARTITION  FROM  TO  DIFFERENCE\n", reset.Error, StringComparison.Ordinal);
        Assert.Equal((4, 0), (Readings.Of(second).Count, Readings.Of(third).Count));
    }

    [Fact]
    public async Task Members_are_shown_with_their_partitions_and_prevent_a_reset()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "4");
        await using var consumer = User.StartProcess("avro-consumer", topic, "-g", "busy");
        await consumer.ReadLinesAsync(12);

        var group = await DescribeAsync(topic, "busy");
        var refused = await ResetAsync(topic, "busy", "beginning", "--yes");
        var kept = await DeleteAsync(topic, "busy", "--yes");
        var all = await User.RunAsync("hops-kafka", topic, "groups");

        var member = Assert.Single(group.GetProperty("members").EnumerateArray());
        Assert.Equal(("Stable", "avro-consumer"), (group.GetProperty("state").GetString(), member.GetProperty("client").GetString()));
        Assert.Equal(2, member.GetProperty("partitions").GetArrayLength());
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Group busy has 1 active member: its offsets cannot be set.\n    avro-consumer at 127.0.0.1\n", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, kept.ExitCode);
        Assert.Contains("Group busy has 1 active member: it cannot be deleted.\n    avro-consumer at 127.0.0.1\n", kept.Error, StringComparison.Ordinal);
        Assert.Matches(@"\nbusy +Stable +1\n", all.Output);
    }

    [Fact]
    public async Task An_empty_group_is_deleted_with_its_offsets()
    {
        var topic = await User.NewTopicAsync(partitions: 1);
        await ProduceAsync(topic, "4");
        await ConsumeAsync(topic, "empty");

        var dry = await DeleteAsync(topic, "empty", "--dry-run");
        var unasked = await DeleteAsync(topic, "empty");
        var asBefore = await DescribeAsync(topic, "empty");
        var deleted = await DeleteAsync(topic, "empty", "--yes", "--json");
        var again = await DeleteAsync(topic, "empty", "--yes");

        Assert.Equal(0, dry.ExitCode);
        Assert.EndsWith($"\n{topic}          0          4\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal(2, unasked.ExitCode);
        Assert.Equal("Empty", asBefore.GetProperty("state").GetString());
        Assert.True(deleted.ExitCode == 0, $"{deleted}");
        using var json = JsonDocument.Parse(deleted.Output);
        Assert.True(json.RootElement.GetProperty("deleted").GetBoolean());
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("There is no consumer group empty", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_groups_is_an_array()
    {
        var topic = await User.NewTopicAsync(partitions: 1);
        await ProduceAsync(topic, "1");
        await ConsumeAsync(topic, "listed");

        var result = await User.RunAsync("hops-kafka", topic, "groups", "--json");

        using var json = JsonDocument.Parse(result.Output);
        var group = Assert.Single(json.RootElement.EnumerateArray(), g => g.GetProperty("name").GetString() == "listed");
        Assert.Equal(("Empty", 0), (group.GetProperty("state").GetString(), group.GetProperty("members").GetInt32()));
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
        Assert.Contains("\n        0  -      2  -\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_resets_a_group_without_members_to_a_time_or_given_offsets()
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
    public async Task The_doctor_finds_no_fault_and_a_round_trip_succeeds()
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
