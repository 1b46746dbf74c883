using System.Globalization;
using HopsKafka.Cli;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>The feature group that the lines of an input are rows of, and how they are written.</summary>
/// <param name="Name">Its name, and its version if it is given.</param>
internal sealed record FeatureGroupRequest(FeatureGroupName Name)
{
    /// <summary>The stores that rows go to.</summary>
    public FeatureStorage Storage { get; init; }

    /// <summary>Whether the online store keeps rows whose event time is not older.</summary>
    public bool UpsertIfNewer { get; init; }

    /// <summary>Whether rows are deleted.</summary>
    public bool Delete { get; init; }

    /// <summary>Whether to wait for the online store.</summary>
    public bool Wait { get; init; }

    /// <summary>What the command line calls the stores.</summary>
    public string StorageOption => $"--storage {Storage.ToString().ToLowerInvariant()}";

    /// <summary>
    /// What rows of an input are found by. Feature groups share topics, and a file may be written to several; a row that went to one store is none of the other.
    /// </summary>
    /// <param name="input">The name of the input.</param>
    public string SourceOf(string input)
    {
        var stores = Delete ? ":delete" : Storage == FeatureStorage.Both ? "" : $":{Storage.ToString().ToLowerInvariant()}";
        return string.Create(CultureInfo.InvariantCulture, $"{Name.Name}:{Name.Version}{stores}/{input}");
    }

    /// <summary>The same rows, written to other stores.</summary>
    public IEnumerable<FeatureGroupRequest> OfOtherStores() => Delete ? [] : Enum.GetValues<FeatureStorage>().Where(other => other != Storage).Select(other => this with { Storage = other });
}
