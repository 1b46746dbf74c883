namespace HopsKafka.Tests;

/// <summary>A default run says what it leaves out.</summary>
public sealed class LeftOutSpecs
{
    [Fact]
    [Trait("Category", "Note")]
    public void Slow_tests() => Assert.Skip(
        "Left out: fuzzing, soak, kills, lost brokers, secrets in every fault, long time limits, the demo, the examples. AllTests=true dotnet test runs them.");
}
