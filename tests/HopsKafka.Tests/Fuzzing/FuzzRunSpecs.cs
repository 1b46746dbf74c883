using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Tests.Fuzzing;

/// <summary>The fuzzing itself fails when something breaks, and says how to repeat it.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(Fuzzing))]
public sealed class FuzzRunSpecs
{
    // Enough for some that begin with 3.
    private const int Inputs = 40;

    private static readonly TimeSpan s_budget = TimeSpan.FromMinutes(2);
    private static readonly FuzzLimits s_limits = new() { Work = TimeSpan.FromMilliseconds(100), Wait = TimeSpan.FromSeconds(3), Memory = 50_000_000 };

    [Fact]
    public void An_exception_that_is_not_for_the_user_is_found_once_for_its_cause_with_its_number()
    {
        var finding = Assert.Single(Run(input => input[0] == 3 ? throw new InvalidOperationException("planted") : ""));

        Assert.Contains("InvalidOperationException: planted", finding.What, StringComparison.Ordinal);
        Assert.Equal(3, finding.Input[0]);
        Assert.Contains($"HOPSKAFKA_FUZZ_ONLY=planted:7:{finding.Number} dotnet test", $"{finding}", StringComparison.Ordinal);
        Assert.Equal(finding.Input, new Planted(_ => "").Input(7, finding.Number));
    }

    [Fact]
    public void A_failure_that_is_for_the_user_is_none() => Assert.Empty(Run(input => input[0] == 3 ? throw new HopsKafkaException("reported") : ""));

    [Fact]
    public void An_input_that_hangs_is_found() => Assert.Contains("it hangs", Assert.Single(Run(input => input[0] == 3 ? Sleep() : "")).What, StringComparison.Ordinal);

    [Fact]
    public void An_input_that_takes_too_much_of_the_processor_is_found() => AssertTooExpensive(_ =>
    {
        for (var start = HopsKafka.TestKit.ThreadClock.Now; HopsKafka.TestKit.ThreadClock.Now - start < 1.5 * s_limits.Work;)
        {
            Thread.SpinWait(1000);
        }
    });

    [Fact]
    public void An_input_that_takes_too_much_memory_is_found() => AssertTooExpensive(
        _ => GC.KeepAlive(new byte[60_000_000]), s_limits with { Work = TimeSpan.FromSeconds(5) });

    [Fact]
    public void A_secret_that_is_reported_is_found()
    {
        var thrown = Assert.Single(Run(input => input[0] == 3 ? throw new HopsKafkaException("no", $"not {FuzzTarget.Secret}") : ""));
        var said = Assert.Single(Run(input =>
        {
            if (input[0] == 3)
            {
                ConsoleLog.Warning(FuzzTarget.Secret, "test");
            }

            return "";
        }));

        Assert.Contains("print the secret", thrown.What, StringComparison.Ordinal);
        Assert.Contains("print the secret", said.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_sample_that_is_refused_is_found() =>
        Assert.Contains("sound sample", Assert.Single(Run(input => input[0] == 0 ? throw new HopsKafkaException("no") : "")).What, StringComparison.Ordinal);

    [Fact]
    public void Inputs_are_the_same_in_every_run_and_other_ones_with_another_seed()
    {
        var first = new Planted(_ => "");
        var second = new Planted(_ => "");

        Assert.All(Enumerable.Range(0, 1000).Reverse(), n => Assert.Equal(first.Input(1, n), second.Input(1, n)));
        Assert.NotEqual(Enumerable.Range(1, 100).SelectMany(n => first.Input(1, n)), Enumerable.Range(1, 100).SelectMany(n => first.Input(2, n)));
    }

    private static void AssertTooExpensive(Action<byte[]> work, FuzzLimits? limits = null) => Assert.Contains("it costs too much", Assert.Single(Run(input =>
    {
        if (input[0] == 3)
        {
            work(input);
        }

        return "";
    }, limits)).What, StringComparison.Ordinal);

    private static IReadOnlyList<FuzzFinding> Run(Func<byte[], string> work, FuzzLimits? limits = null) =>
        new FuzzRun(new Planted(work), 7, limits ?? s_limits).For(s_budget, Inputs);

    private static string Sleep()
    {
        Thread.Sleep(Timeout.Infinite);
        return "";
    }

    private sealed class Planted(Func<byte[], string> work) : FuzzTarget("planted")
    {
        public override IReadOnlyList<byte[]> Samples { get; } = [[0]];

        public override IEnumerable<string> SecretsOf(byte[] input) => [Secret];

        public override string Run(byte[] input) => Capture(() => work(input));

        protected override byte[] Make(Random random) => [(byte)random.Next(1, 8), (byte)random.Next(256)];
    }
}
