using System.Text.RegularExpressions;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Faults;

/// <summary>Hopsworks grants IDEMPOTENT_WRITE only since 2024.</summary>
public sealed class IdempotenceSpecs
{
    private const short InitProducerId = 22;
    private const int ClusterAuthorizationFailed = 31;

    [Theory]
    [InlineData("-e 300 -d 0")]
    [InlineData("-e 1 -d 0")]
    [InlineData("-e 3 -d 0.2")]
    public async Task An_idempotent_producer_that_is_not_granted_is_replaced_and_every_event_arrives_in_order(string arguments)
    {
        await using var user = await SandboxUser.StartAsync();
        var topic = await user.NewTopicAsync();
        ((MockKafka)user.Sandbox.Kafka).PushRequestErrors(InitProducerId, [.. Enumerable.Repeat(ClusterAuthorizationFailed, 20)]);
        var steps = int.Parse(arguments.Split(' ')[1], null);

        var produced = await user.RunAsync("avro-producer", topic, arguments.Split(' '));
        var consumed = await user.RunAsync("avro-consumer", topic, "--exit-at-end");

        Assert.True(produced.ExitCode == 0, $"{produced}");
        Assert.Single(Regex.Matches(produced.Error, "does not grant this project an idempotent producer"));
        Assert.EndsWith($"To continue execution start from event {steps}\n", produced.Output, StringComparison.Ordinal);
        Assert.Matches($@"Delivered {steps * 8} .*, failed 0, in", produced.Error);
        Readings.AssertComplete(Readings.Of(consumed), steps);
        Assert.All(Regex.Matches(consumed.Output, "timestamp: (.*)Z"), time => Assert.InRange(
            DateTime.Parse(time.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow));
    }
}
