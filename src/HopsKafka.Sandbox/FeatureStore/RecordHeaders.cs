using System.Globalization;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Sandbox.Rest;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>The headers of a row, as a release of OnlineFS and of the materialization job understands them; others are ignored.</summary>
internal sealed record RecordHeaders
{
    /// <summary>The project whose registry has the schema; null before 3.4.</summary>
    public int? ProjectId { get; private init; }

    public int? FeatureGroupId { get; private init; }

    /// <summary>Id of the schema.</summary>
    public int? SubjectId { get; private init; }

    /// <summary>Version of the group's subject, by which clients of 3.1 to 3.3 name the schema.</summary>
    public int? SubjectVersion { get; private init; }

    public long? IngestionId { get; private init; }

    public bool IsDelete { get; private init; }

    public bool OnlyIfNewer { get; private init; }

    /// <summary>Whether the online table gets the row.</summary>
    public bool IsOnline { get; private init; }

    /// <summary>Whether the offline table gets the row.</summary>
    public bool IsOffline { get; private init; }

    public static RecordHeaders Of(Headers headers, ServerQuirks quirks)
    {
        var storage = quirks.StorageHeader == StorageHeader.None ? null : Text(headers, "storage");
        var isDelete = quirks.HeedsOperation && Text(headers, "operation") == "delete";
        return new RecordHeaders
        {
            ProjectId = Number(headers, "projectId"),
            FeatureGroupId = Number(headers, "featureGroupId"),
            SubjectId = Number(headers, "subjectId"),
            SubjectVersion = Number(headers, "version"),
            IngestionId = quirks.HasOnlineIngestions ? Number(headers, "onlineIngestionId") : null,
            IsDelete = isDelete,
            OnlyIfNewer = quirks.HeedsUpsertIfNewer && Text(headers, "upsertIfNewer") == "1",
            IsOnline = storage != "0" && (storage != "offline" || quirks.StorageHeader != StorageHeader.Words),
            // Rows of an offline table are not deleted over Kafka.
            IsOffline = !isDelete && (storage != "online" || quirks.StorageHeader != StorageHeader.Words),
        };
    }

    private static string? Text(Headers headers, string name) =>
        headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;

    private static int? Number(Headers headers, string name) =>
        int.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What the header <c>storage</c> of a row means to a release.</summary>
internal enum StorageHeader
{
    /// <summary>Nothing: every row is for both tables.</summary>
    None,

    /// <summary><c>0</c>: offline only.</summary>
    Numbers,

    /// <summary>Besides, <c>online</c> and <c>offline</c>.</summary>
    Words,
}
