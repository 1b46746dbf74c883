namespace HopsKafka.Producer.FeatureGroups;

/// <summary>Options that have no meaning with <c>--feature-group</c>, or with each other.</summary>
internal static class FeatureGroupConflicts
{
    private static readonly (string Option, string Reason)[] s_others =
    [
        ("--topic", "the server names its topic"),
        ("--schema-version", "rows are written with its latest schema"),
        ("--key", "its primary key is the key of a row"),
        ("--key-separator", "its primary key is the key of a row"),
        ("--key-format", "its primary key is the key of a row"),
        ("--null-value", "--delete removes rows"),
        ("--envelope", "lines are rows"),
        ("--keep-partition", "lines are rows"),
        ("--timestamp", "its event time is a feature of the row"),
        ("--header", "rows have the headers that its readers expect"),
    ];

    private static readonly string[] s_onlineOnly = ["--delete", "--upsert-if-newer", "--wait"];
    private static readonly string[] s_notWithWait = ["--check", "--dry-run"];

    /// <summary>Finds them.</summary>
    /// <param name="given">The names of the options that the command line has.</param>
    /// <param name="isOffline">Whether rows go to the offline store alone.</param>
    /// <returns>A sentence for each.</returns>
    public static IEnumerable<string> Of(IReadOnlySet<string> given, bool isOffline)
    {
        if (!given.Contains("--feature-group"))
        {
            foreach (var option in FeatureGroupOptionGroup.Companions.Where(option => given.Contains(option.Name)))
            {
                yield return $"Option {option.Name} cannot be used without --feature-group.";
            }

            yield break;
        }

        foreach (var (option, reason) in s_others.Where(other => given.Contains(other.Option)))
        {
            yield return $"Option {option} cannot be used with --feature-group: {reason}.";
        }

        if (given.Contains("--delete") && given.Contains("--upsert-if-newer"))
        {
            yield return "Option --delete cannot be used with --upsert-if-newer: a delete has no event time.";
        }

        foreach (var option in s_onlineOnly.Where(option => isOffline && given.Contains(option)))
        {
            yield return $"Option {option} cannot be used with --storage offline: it is about the online store.";
        }

        foreach (var option in s_notWithWait.Where(option => given.Contains("--wait") && given.Contains(option)))
        {
            yield return $"Option --wait cannot be used with {option}, which sends nothing.";
        }
    }
}
