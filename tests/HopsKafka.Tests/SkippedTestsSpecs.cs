namespace HopsKafka.Tests;

/// <summary>A default run reports which tests it skips.</summary>
public sealed class SkippedTestsSpecs
{
    [Fact]
    [Trait("Category", "Note")]
    public void Slow_tests() => Assert.Skip(
        "Skipped: fuzzing, random schemas, stores of keytool, soak, kills, lost brokers, secrets in every fault, long time limits, the demo, the examples, the commands of README.md and docs. AllTests=true dotnet test runs them.");
}
