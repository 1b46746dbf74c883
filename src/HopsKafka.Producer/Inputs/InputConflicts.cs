namespace HopsKafka.Producer.Inputs;

/// <summary>Options of an input that have no meaning together.</summary>
internal static class InputConflicts
{
    // The envelope has its own key, and says itself what is a tombstone.
    private static readonly string[] s_notWithEnvelope = ["--key", "--key-format", "--null-value"];
    private static readonly string[] s_notWithCheck = ["--dry-run", "--resume"];

    /// <summary>Finds them.</summary>
    /// <param name="format">The input's format.</param>
    /// <param name="given">The names of the options that the command line has.</param>
    /// <param name="isDeadLetter">Whether bad lines are kept in a file.</param>
    /// <returns>A sentence for each.</returns>
    public static IEnumerable<string> Of(InputFormat format, IReadOnlySet<string> given, bool isDeadLetter)
    {
        if (given.Contains("--envelope") && format != InputFormat.Json)
        {
            yield return "Option --envelope needs lines of JSON (--input-format json).";
        }

        if (given.Contains("--keep-partition") && !given.Contains("--envelope"))
        {
            yield return "Option --keep-partition needs --envelope, which has the partitions.";
        }

        foreach (var option in s_notWithEnvelope.Where(option => given.Contains("--envelope") && given.Contains(option)))
        {
            yield return $"Option {option} cannot be used with --envelope: its lines have the keys and tombstones of the events.";
        }

        if (given.Contains("--delimiter") && format != InputFormat.Csv)
        {
            yield return "Option --delimiter needs CSV (--input-format csv).";
        }

        if (given.Contains("--null-value") && format == InputFormat.Avro)
        {
            yield return "Option --null-value cannot be used with an Avro file: its records always have all fields.";
        }

        if (isDeadLetter && format == InputFormat.Avro)
        {
            yield return "Option --on-error dead-letter cannot be used with an Avro file, which has no lines; use skip.";
        }

        foreach (var option in s_notWithCheck.Where(option => given.Contains("--check") && given.Contains(option)))
        {
            yield return $"Option {option} cannot be used with --check, which only validates the input.";
        }
    }
}
