using System.Globalization;
using System.Text.Json;
using HopsKafka.Hopsworks;

namespace HopsKafka.FeatureGroups;

/// <summary>Reads the answers about feature stores. Only what rows need is required; a wrong shape is a <see cref="FormatException"/> or one that means it.</summary>
internal static class FeatureStoreResponse
{
    /// <summary>The version of <c>variables/versions</c>.</summary>
    public static ServerRelease Release(JsonElement json) => ServerRelease.Parse(
        Items(json).FirstOrDefault(item => string.Equals(Text(item, "software"), "hopsworks", StringComparison.OrdinalIgnoreCase)) is { ValueKind: JsonValueKind.Object } found
            ? Text(found, "version")
            : null);

    public static FeatureStoreInfo Store(JsonElement json) => new(
        json.GetProperty("featurestoreId").GetInt32(), RestJson.Text(json, "featurestoreName"), json.GetProperty("projectId").GetInt32(), Text(json, "projectName"));

    /// <summary>An array, an object with <c>items</c>, or one feature group.</summary>
    public static IReadOnlyList<FeatureGroupInfo> Groups(JsonElement json) => [.. Items(json).Select(Group).OrderBy(group => group.Version)];

    public static FeatureSubject Subject(JsonElement json) => new(json.GetProperty("id").GetInt32(), Number(json, "version") ?? 0, RestJson.Text(json, "schema"));

    public static KafkaConnector Connector(JsonElement json) => new(
        Text(json, "bootstrapServers")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [], Flag(json, "externalKafka"));

    /// <summary>Null for none, which is an object with <c>count</c> alone.</summary>
    public static ExpectationSuite? Suite(JsonElement json) => json.ValueKind != JsonValueKind.Object || Number(json, "count") == 0
        ? null
        : new ExpectationSuite(Flag(json, "runValidation"), Text(json, "validationIngestionPolicy") is { } policy && policy.Equals("STRICT", StringComparison.OrdinalIgnoreCase));

    /// <summary>Null if the server does not know the ingestion any more.</summary>
    public static IngestionProgress? Ingestion(JsonElement json, long id) =>
        Items(json).FirstOrDefault(item => Long(item, "id") == id) is { ValueKind: JsonValueKind.Object } found ? Progress(found) : null;

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<IngestionProgress> Ingestions(JsonElement json) => [.. Items(json).Select(Progress).OrderByDescending(progress => progress.Id)];

    public static long Id(JsonElement json) => json.GetProperty("id").GetInt64();

    /// <summary>The number of items of a list.</summary>
    public static long Count(JsonElement json) => Long(json, "count") ?? Items(json).Length;

    public static string? JobArguments(JsonElement json) => json.TryGetProperty("config", out var config) ? Text(config, "defaultArgs") : null;

    /// <summary>A run of a job. Its time is a text, or milliseconds.</summary>
    public static JobRun Run(JsonElement json) => new(Id(json), Text(json, "state") ?? "", Text(json, "finalStatus"))
    {
        Submitted = Text(json, "submissionTime") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : Long(json, "submissionTime") is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null,
    };

    /// <summary>The newest first, as the server sorts them.</summary>
    public static IReadOnlyList<JobRun> Runs(JsonElement json) => [.. Items(json).Select(Run)];

    private static IngestionProgress Progress(JsonElement json) => new(Id(json), Long(json, "numEntries"))
    {
        Rows = Items(json, "results").GroupBy(result => Text(result, "status") ?? "", StringComparer.OrdinalIgnoreCase)
            .ToDictionary(status => status.Key, status => status.Sum(result => Long(result, "rows") ?? 0), StringComparer.OrdinalIgnoreCase),
    };

    private static FeatureGroupInfo Group(JsonElement json)
    {
        var seconds = Flag(json, "ttlEnabled") ? Long(json, "ttl") : null;
        return new FeatureGroupInfo(
            json.GetProperty("id").GetInt32(),
            RestJson.Text(json, "name"),
            json.GetProperty("version").GetInt32(),
            Kind(Text(json, "type")),
            Flag(json, "onlineEnabled"),
            Text(json, "onlineTopicName"),
            Text(json, "eventTime"),
            Text(json, "timeTravelFormat"),
            seconds is { } ttl ? TimeSpan.FromSeconds(ttl) : null,
            Items(json, "partitionedBy").Length > 0 || !string.IsNullOrEmpty(Text(json, "partitionedBy")),
            [.. json.GetProperty("features").EnumerateArray().Select(OneFeature)]);
    }

    private static Feature OneFeature(JsonElement json) => new(
        RestJson.Text(json, "name"), RestJson.Text(json, "type"), Text(json, "onlineType"), Flag(json, "primary"), Flag(json, "onDemand"));

    private static FeatureGroupKind Kind(string? type) => type switch
    {
        "cachedFeaturegroupDTO" => FeatureGroupKind.Cached,
        "onDemandFeaturegroupDTO" => FeatureGroupKind.External,
        not null when type.Contains("spine", StringComparison.OrdinalIgnoreCase) => FeatureGroupKind.Spine,
        _ => FeatureGroupKind.Stream,
    };

    // A list is an array, or an object with items; what has neither but an id is the one item.
    private static JsonElement[] Items(JsonElement json, string? name = null) => json.ValueKind switch
    {
        JsonValueKind.Array when name is null => [.. json.EnumerateArray()],
        JsonValueKind.Object when json.TryGetProperty(name ?? "items", out var items) => items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [],
        JsonValueKind.Object when name is null && json.TryGetProperty("id", out _) => [json],
        _ => [],
    };

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    private static long? Long(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
