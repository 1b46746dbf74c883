using System.Diagnostics;
using HopsKafka.Producer;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Producer;

/// <summary>The time of the day is set back and forward between rounds. The clock is handed in; all else is as in a real run.</summary>
public sealed class ClockSetBackSpecs
{
    private const int Rounds = 400;
    private const int RoundsLate = 20;

    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(0.01);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task It_costs_no_event_changes_no_pace_and_the_events_can_be_verified_and_drawn_by_time()
    {
        await using var user = await SandboxUser.StartAsync();
        var request = new ProduceRequest(user.Sandbox.ConfigFile, 0, Rounds, s_delay, 42, null, Quiet: true, WithHeader: true, DryRun: false, null);
        var clock = new JumpyClock();

        var code = await new ProduceRun(request) { Time = clock }.RunAsync(TestContext.Current.CancellationToken);
        var took = clock.SinceFirstAsked;
        var picture = Path.Combine(user.Folder, "clock.svg");
        var topic = HopsworksSandbox.Topic;
        var consumed = await user.RunAsync("avro-consumer", topic, "-g", "drawn", "-o", "json", "--exit-at-end", "--plot", picture, "--x", "time");
        var verified = await user.RunAsync("avro-consumer", topic, "-g", "verified", "--verify", "--exit-at-end");

        Assert.True((0, 0, 0) == (code, consumed.ExitCode, verified.ExitCode), $"{consumed.Error}\n{verified}");
        Assert.Equal(Rounds, clock.Asked);
        // The first round may come late, as on a busy machine; the others are due by its time.
        Assert.InRange(took, s_delay * (Rounds - 1 - RoundsLate), (s_delay * Rounds) + TimeSpan.FromSeconds(20));
        var events = PrintedEvent.Of(consumed.Output.Split('\n'));
        PrintedEvent.AssertNothingMissing(events, Rounds * 8);
        var times = events.Where(e => e.Sensor == "sensor0").Select(e => e.Time).ToList();
        var leaps = times.Zip(times.Skip(1), (one, next) => Math.Round((next - one).TotalMinutes / 10) * 10).Where(minutes => minutes != 0);
        Assert.Equal([-10, -20, 90], leaps);
        Assert.EndsWith($"{Rounds * 8} events of 8 series: nothing missing, all in order.\n", verified.Output, StringComparison.Ordinal);
        Assert.EndsWith("</svg>", (await File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken)).TrimEnd(), StringComparison.Ordinal);
    }

    // Right at first, then ten minutes slow, then half an hour, then an hour fast.
    private sealed class JumpyClock : TimeProvider
    {
        private static readonly int[] s_minutes = [0, -10, -30, 60];

        private readonly Stopwatch _stopwatch = new();

        public int Asked { get; private set; }

        public TimeSpan SinceFirstAsked => _stopwatch.Elapsed;

        public override DateTimeOffset GetUtcNow()
        {
            _stopwatch.Start();
            return base.GetUtcNow().AddMinutes(s_minutes[Asked++ * s_minutes.Length / Rounds]);
        }
    }
}
