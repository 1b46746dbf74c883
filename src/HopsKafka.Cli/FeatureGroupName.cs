using System.CommandLine.Parsing;
using System.Globalization;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.Hopsworks;

namespace HopsKafka.Cli;

/// <summary>A feature group as a command line names it: <c>NAME:VERSION</c>.</summary>
/// <param name="Version">Its version; null for all.</param>
internal sealed record FeatureGroupName(string Name, int? Version)
{
    /// <summary>Reads <c>NAME</c> or <c>NAME:VERSION</c>.</summary>
    /// <returns>Null if it is neither.</returns>
    public static FeatureGroupName? Parse(string text) => text.Split(':') switch
    {
        [{ Length: > 0 } name] => new FeatureGroupName(name, null),
        [{ Length: > 0 } name, var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 =>
            new FeatureGroupName(name, version),
        _ => null,
    };

    /// <summary>Reads the value of <c>--feature-group</c>. A name without version gets its error from the server, which knows the versions.</summary>
    public static FeatureGroupName? ReadOption(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Parse(text) is { } name)
        {
            return name;
        }

        result.AddError($"Option --feature-group must be NAME:VERSION such as readings:1, not '{text}'.");
        return null;
    }

    /// <summary>What a command line calls a feature group.</summary>
    public static string Of(FeatureGroupInfo group) => string.Create(CultureInfo.InvariantCulture, $"{group.Name}:{group.Version}");

    /// <summary>Finds it: all versions, or the one.</summary>
    /// <exception cref="HopsKafkaException">There is none; the message suggests another one.</exception>
    public async Task<IReadOnlyList<FeatureGroupInfo>> FindAsync(FeatureStoreClient client, FeatureStoreInfo store, CancellationToken stop)
    {
        try
        {
            return Version is { } version ? [await client.GetFeatureGroupAsync(store.Id, Name, version, stop)] : await client.GetFeatureGroupsAsync(store.Id, Name, stop);
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.FeatureGroupNotFound)
        {
            throw await NotFoundAsync(client, store, e, stop);
        }
    }

    /// <summary>The error that option <c>--feature-group</c> names no version, with those that there are.</summary>
    public async Task<HopsKafkaException> NoVersionAsync(FeatureStoreClient client, FeatureStoreInfo store, CancellationToken stop)
    {
        var found = await FindAsync(client, store, stop);
        return new HopsKafkaException(
            $"Option --feature-group {DisplayText.Of(Name)} names no version; there {(found.Count == 1 ? "is" : "are")} {string.Join(", ", found.Select(Of))}.",
            $"Write --feature-group {Of(found[^1])}.",
            ExitCode.Usage);
    }

    /// <summary>The error that there is none; the message suggests another one.</summary>
    public async Task<HopsKafkaException> NotFoundAsync(FeatureStoreClient client, FeatureStoreInfo store, HopsworksException cause, CancellationToken stop) =>
        NotFound(store, await client.GetFeatureGroupsAsync(store.Id, stop), cause);

    /// <summary><c>NAME</c> or <c>NAME:VERSION</c>.</summary>
    public override string ToString() => Version is { } version ? string.Create(CultureInfo.InvariantCulture, $"{Name}:{version}") : Name;

    private HopsKafkaException NotFound(FeatureStoreInfo store, IReadOnlyList<FeatureGroupInfo> groups, HopsworksException cause)
    {
        var versions = groups.Where(group => group.Name == Name).Select(Of).ToList();
        var near = Suggestions.Find(Name, groups.Select(group => group.Name).Distinct());
        var hint = versions.Count > 0 ? $" It has {string.Join(", ", versions)}." : near is null ? ""
            : near.Equals(Name, StringComparison.OrdinalIgnoreCase) ? $" Names are in lower case: did you mean {near}?"
            : $" Did you mean {near}?";
        return new HopsKafkaException(
            $"Feature store {DisplayText.Of(store.Name)} has no feature group {DisplayText.Of(ToString())} (error {cause.ErrorCode}).{hint}",
            "hops-kafka feature-groups lists those it has; [project] feature_store names another feature store.",
            innerException: cause);
    }
}
