using System.Globalization;

namespace HopsKafka.Tests.Fuzzing;

/// <summary>What is asked of the fuzzing by variables of the environment.</summary>
internal static class FuzzSettings
{
    private const double UsualSeconds = 1;
    private const int UsualSeed = 1;

    /// <summary>For how long each target is fuzzed: HOPSKAFKA_FUZZ_SECONDS.</summary>
    public static TimeSpan Budget =>
        TimeSpan.FromSeconds(Variable("SECONDS") is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : UsualSeconds);

    /// <summary>Another seed makes other inputs: HOPSKAFKA_FUZZ_SEED.</summary>
    public static int Seed => Variable("SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : UsualSeed;

    /// <summary>The one input to repeat: HOPSKAFKA_FUZZ_ONLY, <c>target:seed:number</c>; null for none.</summary>
    public static (string Target, int Seed, int Number)? Only => Variable("ONLY")?.Split(':') switch
    {
        null => null,
        [var target, var seed, var number] => (target, int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(number, CultureInfo.InvariantCulture)),
        _ => throw new FormatException("HOPSKAFKA_FUZZ_ONLY is target:seed:number."),
    };

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable($"HOPSKAFKA_FUZZ_{name}") is { Length: > 0 } text ? text : null;
}
