namespace HopsKafka.Tests.Fuzzing;

/// <summary>An input that does what none may do.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Number">Number of the input.</param>
/// <param name="What">What it does.</param>
/// <param name="Input">The input.</param>
internal sealed record FuzzFinding(string Target, int Seed, int Number, string What, byte[] Input)
{
    private const int MostShown = 3000;

    /// <summary>Where it happened: of several findings with one cause, the first is enough.</summary>
    public string Cause { get; init; } = What;

    public override string ToString() =>
        $"""
        Fuzzing {Target} with seed {Seed} fails at input {Number}: {What}
          Repeat it: HOPSKAFKA_FUZZ_ONLY={Target}:{Seed}:{Number} dotnet test --project tests/HopsKafka.Tests -- --filter-class "*FuzzSpecs"
          The input, {Input.Length} bytes{(Input.Length > MostShown ? $", begins with (base64)" : " (base64)")}: {Convert.ToBase64String(Input.AsSpan(0, Math.Min(Input.Length, MostShown)))}
        """;
}
