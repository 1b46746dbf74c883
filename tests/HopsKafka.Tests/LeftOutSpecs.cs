namespace HopsKafka.Tests;

/// <summary>A default run says what it leaves out.</summary>
public sealed class LeftOutSpecs
{
    [Fact]
    [Trait("Category", "Note")]
    public void Slow_tests() => Assert.Skip(
        "Fuzzing, secrets in every fault, time limits of Kafka, the demo and the examples are left out: AllTests=true dotnet test runs them.");
}
