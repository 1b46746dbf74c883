namespace HopsKafka.Cli;

/// <summary>Numbers with their nouns.</summary>
internal static class Pluralize
{
    /// <summary><c>1 replica</c>, <c>2 replicas</c>.</summary>
    /// <param name="number">How many; null for unknown.</param>
    public static string Of(long? number, string noun) => number switch
    {
        null => $"an unknown number of {noun}s",
        1 => $"1 {noun}",
        _ => $"{number} {noun}s",
    };
}
