using System.Text.Json;
using System.Text.Json.Nodes;
using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>
/// Client of Hopsworks' topics. They are created and deleted only through the REST API: projects may not do so in Kafka itself.
/// Safe for use by several threads. Each call throws <see cref="HopsworksException"/> if the server rejects it or is
/// unavailable after all attempts.
/// </summary>
public sealed class TopicClient : IDisposable
{
    private readonly RestClient _rest;

    /// <summary>Makes a client; connects at the first call.</summary>
    /// <param name="options">The URL of the project's <c>kafka</c>, trust, timeouts and retries.</param>
    /// <exception cref="ArgumentException">The address is neither HTTPS nor loopback.</exception>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable.</exception>
    internal TopicClient(HopsworksClientOptions options)
        : this(new RestClient(options))
    {
    }

    /// <param name="rest">Of the project's <c>kafka</c>. Disposed with this client.</param>
    internal TopicClient(RestClient rest) => _rest = rest;

    /// <summary>All topics that the project owns or that are shared with it.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The topics, by name.</returns>
    /// <exception cref="HopsworksException">The server rejected the call, or is unavailable.</exception>
    public Task<IReadOnlyList<TopicInfo>> GetTopicsAsync(CancellationToken cancellationToken = default) => _rest.JsonAsync(
        _rest.Call("listing the topics", HttpMethod.Get, "topics"),
        ListOf,
        cancellationToken);

    /// <summary>One topic.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The topic, its counts filled in where the list lacks them; null when the project sees none of this name.</returns>
    /// <exception cref="HopsworksException">The server rejected the call, or is unavailable.</exception>
    public async Task<TopicInfo?> FindTopicAsync(string name, CancellationToken cancellationToken = default)
    {
        var topic = (await GetTopicsAsync(cancellationToken)).FirstOrDefault(t => t.Name == name);
        if (topic is null or { Partitions: not null, Replicas: not null })
        {
            return topic;
        }

        var partitions = await GetPartitionsAsync(name, cancellationToken);
        return topic with { Partitions = partitions.Count, Replicas = partitions.Count > 0 ? partitions[0].Replicas.Count : null };
    }

    /// <summary>The subject that Hopsworks names for a topic; null when it names none, or the project sees no such topic.</summary>
    internal async Task<string?> FindSubjectAsync(string topic, CancellationToken cancellationToken) =>
        (await GetTopicsAsync(cancellationToken)).FirstOrDefault(t => t.Name == topic)?.Subject;

    /// <summary>The partitions of a topic.</summary>
    /// <param name="topic">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The partitions, by number.</returns>
    /// <exception cref="HopsworksException">190000: no such topic; 190023: Kafka did not answer Hopsworks.</exception>
    public Task<IReadOnlyList<TopicPartitionInfo>> GetPartitionsAsync(string topic, CancellationToken cancellationToken = default) =>
        _rest.JsonAsync(
            _rest.Call($"describing topic {DisplayText.Of(topic)}", HttpMethod.Get, Path(topic)),
            json => (IReadOnlyList<TopicPartitionInfo>)[.. Items(json).Select(Partition).OrderBy(p => p.Id)],
            cancellationToken);

    /// <summary>Creates a topic.</summary>
    /// <param name="topic">Name, partitions, replicas, and a registered schema.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>When it is there.</returns>
    /// <exception cref="HopsworksException">
    /// 190002, 190003: the name is taken, maybe by an attempt whose answer was lost; 190004: topic limit; 190005: more replicas
    /// than brokers; 190006: schema missing; 150068: only a data owner may.
    /// </exception>
    public Task CreateTopicAsync(TopicInfo topic, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var body = new JsonObject
        {
            ["name"] = topic.Name,
            ["numOfReplicas"] = topic.Replicas,
            ["numOfPartitions"] = topic.Partitions,
            ["schemaName"] = topic.Subject,
            ["schemaVersion"] = topic.SchemaVersion,
        };
        var call = _rest.Call($"creating topic {DisplayText.Of(topic.Name)}", HttpMethod.Post, "topics", body.ToJsonString());
        return _rest.ReadAsync(call, answer => answer, cancellationToken);
    }

    /// <summary>Deletes a topic with all its events. The server answers alike when it is not there.</summary>
    /// <param name="topic">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>When it is gone.</returns>
    /// <exception cref="HopsworksException">150068: only a data owner may; 190022: Kafka refused.</exception>
    public Task DeleteTopicAsync(string topic, CancellationToken cancellationToken = default) => _rest.ReadAsync(
        _rest.Call($"deleting topic {DisplayText.Of(topic)}", HttpMethod.Delete, Path(topic)), answer => answer, cancellationToken);

    /// <summary>The addresses of the brokers, as Hopsworks returns them.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The addresses.</returns>
    /// <exception cref="HopsworksException">190025: Hopsworks has no broker.</exception>
    public Task<IReadOnlyList<string>> GetBrokersAsync(CancellationToken cancellationToken = default) => _rest.JsonAsync(
        _rest.Call("asking for the brokers", HttpMethod.Get, "clusterinfo"),
        json => Texts(json, "brokers"),
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _rest.Dispose();

    /// <summary>Reads a list of topics, by name.</summary>
    internal static IReadOnlyList<TopicInfo> ListOf(JsonElement json) => [.. Items(json).Select(Topic).OrderBy(t => t.Name, StringComparer.Ordinal)];

    private static string Path(string topic) => $"topics/{Uri.EscapeDataString(topic)}";

    // An empty list has no items at all.
    private static JsonElement.ArrayEnumerator Items(JsonElement json) =>
        Optional(json, "items") is { } items ? items.EnumerateArray() : default;

    private static TopicInfo Topic(JsonElement json) => new(
        RestJson.Text(json, "name"),
        Number(json, "numOfPartitions"),
        Number(json, "numOfReplicas"),
        Optional(json, "schemaName")?.GetString(),
        Number(json, "schemaVersion"),
        Optional(json, "shared")?.GetBoolean() ?? false);

    private static TopicPartitionInfo Partition(JsonElement json) => new(
        json.GetProperty("id").GetInt32(),
        Optional(json, "leader")?.GetString() ?? "",
        Texts(json, "replicas"),
        Texts(json, "inSyncReplicas"));

    private static int? Number(JsonElement json, string name) => Optional(json, name)?.GetInt32();

    private static IReadOnlyList<string> Texts(JsonElement json, string name) =>
        Optional(json, name) is { } list ? [.. list.EnumerateArray().Select(item => item.ToString())] : [];

    private static JsonElement? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
