using System.Text.Json;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HopsKafka.Hopsworks;

/// <summary>
/// Client of the calls of Hopsworks' REST API that a configuration needs: project id, certificates, brokers, topics.
/// Each call throws <see cref="HopsworksException"/> if the server rejects it or is unavailable in all attempts.
/// </summary>
internal sealed class ProjectClient : IDisposable
{
    private readonly RestClient _rest;

    /// <summary>Makes a client; connects at the first call.</summary>
    /// <param name="apiBase">Path of the REST API on it.</param>
    /// <param name="keySource">Where the key comes from, for messages.</param>
    /// <param name="logger">Gets requests and retries; null for none.</param>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable, or the host is invalid.</exception>
    public ProjectClient(HopsOptions hops, string apiBase, Secret key, string keySource, ILogger? logger = null)
        : this(Options(hops, apiBase, key, keySource, logger))
    {
    }

    internal ProjectClient(HopsworksClientOptions options) => _rest = new RestClient(options);

    /// <summary>Finds a project by its name. Needs scope PROJECT.</summary>
    /// <param name="name">The name, in this very spelling.</param>
    /// <exception cref="HopsworksException">150004: no such project; 160000: not a member; 320004: scope missing.</exception>
    public Task<int> GetProjectIdAsync(string name, CancellationToken cancellationToken = default) => GetAsync(
        $"looking up project {DisplayText.Of(name)}",
        $"project/getProjectInfo/{Escape(name)}",
        json => json.GetProperty("projectId").GetInt32(),
        cancellationToken);

    /// <summary>Finds a project by its name, else by its id among the projects of the key's owner. Needs scope PROJECT.</summary>
    /// <param name="id">Its id as a profile has it, which must be that of the name; null if unknown, as the name may be.</param>
    /// <exception cref="HopsKafkaException">Name and id are those of different projects, or the owner of the key has no project with this id.</exception>
    public async Task<FoundProject> FindAsync(string? name, Sourced<int>? id, CancellationToken cancellationToken = default)
    {
        if (name is not null)
        {
            var found = new FoundProject(await GetProjectIdAsync(name, cancellationToken), name);
            return id is null || id.Value == found.Id ? found : throw found.Contradicts(id);
        }

        return FoundProject.Select(id!, await GetAsync(FoundProject.LookUp(id!.Value), "project", ProjectResponse.Projects, cancellationToken));
    }

    /// <summary>The key owner's certificates in a project. Needs scope PROJECT.</summary>
    /// <exception cref="HopsworksException">110021: the server failed to make them; 320004: scope missing.</exception>
    /// <exception cref="HopsKafkaException">The server sent key stores that cannot be opened.</exception>
    public Task<IssuedCertificates> GetCertificatesAsync(int projectId, CancellationToken cancellationToken = default) => GetAsync(
        "asking for the project's certificates", $"project/{projectId}/credentials", ProjectResponse.Certificates, cancellationToken);

    /// <summary>The topics that a project sees, those shared with it included. Needs scope KAFKA.</summary>
    /// <exception cref="HopsworksException">320004: scope missing.</exception>
    public Task<IReadOnlyList<TopicInfo>> GetTopicsAsync(int projectId, CancellationToken cancellationToken = default) => GetAsync(
        "listing the project's topics", $"project/{projectId}/kafka/topics", TopicClient.ListOf, cancellationToken);

    /// <summary>
    /// The brokers, those for clients outside the cluster if the server returns them: 3.3 in clusterinfo, later releases in
    /// the feature store's Kafka connector. Needs scope KAFKA, and for the connector FEATURESTORE.
    /// </summary>
    /// <exception cref="HopsworksException">190025: Kafka has no broker; 320004: scope KAFKA missing.</exception>
    public async Task<BrokerList> GetBrokersAsync(int projectId, string projectName, CancellationToken cancellationToken = default)
    {
        var (servers, listener) = await GetAsync(
            "asking for the Kafka brokers",
            $"project/{projectId}/kafka/clusterinfo?external=true",
            json => ProjectResponse.Brokers(json.GetProperty("brokers").EnumerateArray().Select(b => b.GetString() ?? throw new FormatException("a broker is null")), _rest.Names),
            cancellationToken);
        if (listener is not null)
        {
            var external = listener == "EXTERNAL";
            return new BrokerList(servers, external ? BrokerListener.External : BrokerListener.Internal);
        }

        try
        {
            return await GetExternalAsync(projectId, projectName, cancellationToken);
        }
        catch (HopsworksException e) when (e is { HasAnswer: true, IsTransient: false })
        {
            // The brokers of clusterinfo may still be usable, so an error is only a warning.
            var scope = e.ErrorCode == 320004 ? " The API key needs the scope FEATURESTORE for that." : "";
            return new BrokerList(
                servers, BrokerListener.Internal, $"The server did not return the brokers' external addresses.{scope} {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rest.Dispose();

    private async Task<BrokerList> GetExternalAsync(int projectId, string projectName, CancellationToken cancellationToken)
    {
        var store = await GetAsync(
            "looking up the project's feature store",
            $"project/{projectId}/featurestores/{Escape(projectName.ToLowerInvariant())}_featurestore",
            json => json.GetProperty("featurestoreId").GetInt32(),
            cancellationToken);
        return await GetAsync(
            "asking for the external Kafka brokers",
            $"project/{projectId}/featurestores/{store}/storageconnectors/kafka_connector/byok?external=true",
            json => new BrokerList(
                ProjectResponse.Brokers(RestJson.Text(json, "bootstrapServers").Split(','), _rest.Names).Servers,
                BrokerListener.External,
                Own: KafkaConnector.Security(json)),
            cancellationToken);
    }

    internal static HopsworksClientOptions Options(HopsOptions hops, string apiBase, Secret key, string keySource, ILogger? logger)
    {
        ArgumentNullException.ThrowIfNull(hops);
        ArgumentNullException.ThrowIfNull(apiBase);
        return new HopsworksClientOptions(HopsworksClientOptions.HttpsAddress(hops, apiBase), hops.Verify, () => key)
        {
            KeySource = keySource,
            Logger = logger ?? NullLogger.Instance,
        };
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);

    // The answers hold a password and a key.
    private Task<T> GetAsync<T>(string what, string path, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        _rest.JsonAsync(_rest.Call(what, HttpMethod.Get, path) with { IsSecret = true }, read, cancellationToken);
}
