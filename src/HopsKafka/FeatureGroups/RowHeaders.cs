using System.Globalization;
using System.Text;

namespace HopsKafka.FeatureGroups;

/// <summary>The headers of the rows of an insert, by the release of the server: an older one would not understand the others.</summary>
internal sealed class RowHeaders
{
    private RowHeaders(List<KeyValuePair<string, byte[]>> common, IEnumerable<KeyValuePair<string, byte[]>> current, IEnumerable<KeyValuePair<string, byte[]>> older) =>
        (OfRow, OfOlderRow) = ([.. common, .. current], [.. common, .. older]);

    /// <summary>The headers of a row.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> OfRow { get; }

    /// <summary>The headers of a row whose key has a newer one in the same insert: it goes to the offline store alone.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> OfOlderRow { get; }

    /// <summary>Whether rows of a release can go to the offline store alone.</summary>
    public static bool CanMark(ServerRelease release) => !release.IsBefore(5, 0);

    /// <summary>The headers of an insert.</summary>
    /// <param name="projectId">The project that owns the feature group.</param>
    /// <param name="ingestionId">The id of the online ingestion; null for none.</param>
    public static RowHeaders Of(ServerRelease release, int projectId, int featureGroupId, FeatureSubject subject, FeatureGroupWriterOptions options, long? ingestionId)
    {
        if (release.IsBefore(3, 4))
        {
            List<KeyValuePair<string, byte[]>> versions = release.IsBefore(3, 1) ? [] : [Number("version", subject.Version)];
            return new RowHeaders(versions, [], []);
        }

        // 5.0 names the stores of each row, 5.1 only what is not both.
        var isPerRow = release.IsBefore(5, 1);
        List<KeyValuePair<string, byte[]>> common = [Number("projectId", projectId), Number("featureGroupId", featureGroupId), Number("subjectId", subject.Id)];
        if (!isPerRow && options.Stores != FeatureStorage.Both)
        {
            common.Add(Text("storage", options.Stores == FeatureStorage.Online ? "online" : "offline"));
        }

        if (options.UpsertIfNewer)
        {
            common.Add(Text("upsertIfNewer", "1"));
        }

        if (ingestionId is { } id)
        {
            common.Add(Number("onlineIngestionId", id));
        }

        List<KeyValuePair<string, byte[]>> current = isPerRow && CanMark(release) ? [Text("storage", options.Stores == FeatureStorage.Offline ? "0" : "1")] : [];
        List<KeyValuePair<string, byte[]>> older = CanMark(release) ? [Text("storage", isPerRow ? "0" : "offline")] : [];
        if (options.Delete)
        {
            current.Add(Text("operation", "delete"));
        }

        return new RowHeaders(common, current, older);
    }

    private static KeyValuePair<string, byte[]> Number(string name, long value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

    private static KeyValuePair<string, byte[]> Text(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));
}
