using HopsKafka.Common;
using HopsKafka.Producer;
using HopsKafka.Sensors;

namespace HopsKafka.Tests.Producer;

/// <summary>How several producers split the sensors between them.</summary>
public sealed class ShardSpecs
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 8)]
    [InlineData(3, 8)]
    [InlineData(8, 8)]
    [InlineData(5, 13)]
    [InlineData(13, 13)]
    public void All_shards_together_are_the_very_sensors_of_one_run(int shards, int sensors)
    {
        var whole = Sensors(null, sensors);

        var parts = Enumerable.Range(1, shards).Select(i => Sensors(new Shard(i, shards), sensors)).ToList();

        Assert.Equal(whole.Select(Signature).Order(), parts.SelectMany(p => p).Select(Signature).Order());
        Assert.All(parts, part => Assert.Equal(Enumerable.Range(0, part.Count), part.Select(sensor => sensor.Index)));
        Assert.InRange(parts.Max(p => p.Count) - parts.Min(p => p.Count), 0, 1);
    }

    [Fact]
    public void A_shard_takes_every_nth_sensor_in_the_configured_order()
    {
        Assert.Equal(["sensor1", "sensor5", "sensor9"], Sensors(new Shard(2, 4), 12).Select(sensor => sensor.Id));
    }

    [Fact]
    public void A_shard_without_a_sensor_is_refused()
    {
        var refused = Assert.Throws<HopsKafkaException>(() => Sensors(new Shard(9, 9), 8));

        Assert.Equal(("Shard 9/9 has no sensor: there are only 8.", 2), (refused.Message, refused.ExitCode));
    }

    [Theory]
    [InlineData("--shard 0/4", "Option --shard must be I/N such as 2/4, with I from 1 to N, not '0/4'.")]
    [InlineData("--shard 5/4", "not '5/4'.")]
    [InlineData("--shard 1/0", "not '1/0'.")]
    [InlineData("--shard 2", "not '2'.")]
    [InlineData("--shard 1/2/3", "not '1/2/3'.")]
    [InlineData("--shard -1/4", "not '-1/4'.")]
    [InlineData("--shard 1/99999999999", "not '1/99999999999'.")]
    [InlineData("--shard one/two", "not 'one/two'.")]
    [InlineData("--shard", "Required argument missing for option: '--shard'.")]
    [InlineData("--shard 1/2 --shard 2/2", "Option '--shard' expects a single argument but 2 were provided.")]
    [InlineData("--shard 1/2 --replay a", "it cannot be used with --shard.")]
    [InlineData("--resume --replay a", "Option --replay sends dead letters as they are, and no series: it cannot be used with --resume.")]
    [InlineData("--replay a --dry-run", "it cannot be used with --dry-run.")]
    [InlineData("--replay a -e 5 -q", "it cannot be used with --events, --quiet.")]
    [InlineData("--resume --dry-run", "Option --resume cannot be used with --dry-run, which reads no topic.")]
    [InlineData("--resume --no-header", "Option --resume cannot be used with --no-header: the header hops-step")]
    public void Options_that_exclude_each_other_are_refused_with_the_reason(string arguments, string message)
    {
        var parsed = ProducerCommand.Create().Parse(arguments);

        Assert.Contains(message, string.Join('\n', parsed.Errors.Select(e => e.Message)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--shard 1/1")]
    [InlineData("--shard 4/4 --resume -s 4 -e -1")]
    [InlineData("--shard 2/4 --dry-run --plot a.png")]
    [InlineData("-c a.toml --replay a")]
    public void Options_that_can_be_combined_are_accepted(string arguments)
    {
        Assert.Empty(ProducerCommand.Create().Parse(arguments).Errors);
    }

    private static IReadOnlyList<SensorState> Sensors(Shard? shard, int sensors) =>
        SensorState.For(Requests.Of(sensors) with { Shard = shard }, SensorShape.Tutorial);

    private static string Signature(SensorState sensor) => $"{sensor.Id} {sensor.Series.ValueAt(7)} {sensor.FirstStep}";
}
