using System.Globalization;
using System.Net;
using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;

namespace HopsKafka.FeatureGroups;

/// <summary>
/// The calls of Hopsworks' REST API about feature groups. Each throws <see cref="HopsworksException"/> if the server rejects it or is unavailable in all attempts.
/// Thread-safe.
/// </summary>
/// <param name="rest">Of the REST API as a whole. Disposed with this client.</param>
/// <param name="projectId">The caller's project.</param>
internal sealed class FeatureStoreClient(RestClient rest, int projectId) : IDisposable
{
    private const string FeatureStoreScope = "FEATURESTORE";
    private const string JobScope = "JOB";

    private readonly string _project = string.Create(CultureInfo.InvariantCulture, $"project/{projectId}");

    /// <summary>Makes a client; connects at the first call.</summary>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable, or the host is invalid.</exception>
    public static FeatureStoreClient From(HopsKafkaConfig config, HopsworksClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new FeatureStoreClient(new RestClient(options with { BaseAddress = HopsworksClientOptions.HttpsAddress(config.Hops, config.Api.Base) }), config.Project.Id);
    }

    /// <summary>The caller's project.</summary>
    public int ProjectId => projectId;

    /// <summary>The release of the server.</summary>
    public Task<ServerRelease> GetReleaseAsync(CancellationToken cancellationToken) => GetAsync(
        "asking for the release of Hopsworks", "variables/versions", FeatureStoreScope, FeatureStoreResponse.Release, cancellationToken);

    /// <summary>The name of the caller's project. Needs scope PROJECT.</summary>
    /// <exception cref="HopsKafkaException">The owner of the API key has no project with this id, or the scope is missing.</exception>
    public async Task<string> GetProjectNameAsync(CancellationToken cancellationToken)
    {
        try
        {
            return FoundProject.Select(new Sourced<int>(projectId, rest.Names.ProjectId), await GetAsync(
                FoundProject.LookUp(projectId), "project", "PROJECT", ProjectResponse.Projects, cancellationToken).ConfigureAwait(false)).Name;
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.MissingScope)
        {
            throw new HopsKafkaException(e.Message, $"Set {rest.Names.ProjectName}, or add the scope PROJECT to the API key in Hopsworks (account settings, API keys).", innerException: e);
        }
    }

    /// <summary>A feature store: the project's own, or one that is shared with it.</summary>
    /// <exception cref="HopsworksException">270008: no such feature store.</exception>
    public Task<FeatureStoreInfo> GetFeatureStoreAsync(string name, CancellationToken cancellationToken) => GetAsync(
        $"looking up feature store {DisplayText.Of(name)}", $"{_project}/featurestores/{Escape(name)}", FeatureStoreScope, FeatureStoreResponse.Store, cancellationToken);

    /// <summary>A feature group.</summary>
    /// <exception cref="HopsworksException">270009: no such feature group.</exception>
    public Task<FeatureGroupInfo> GetFeatureGroupAsync(int store, string name, int version, CancellationToken cancellationToken) => GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"looking up feature group {DisplayText.Of(name)}, version {version},"),
        string.Create(CultureInfo.InvariantCulture, $"{Groups(store)}/{Escape(name)}?version={version}&expand=features"),
        FeatureStoreScope,
        json => FeatureStoreResponse.Groups(json).FirstOrDefault(group => group.Version == version) ?? throw new FormatException("the feature group is missing"),
        cancellationToken);

    /// <summary>All versions of a feature group, by version.</summary>
    /// <exception cref="HopsworksException">270009: no such feature group.</exception>
    public Task<IReadOnlyList<FeatureGroupInfo>> GetFeatureGroupsAsync(int store, string name, CancellationToken cancellationToken) => GetAsync(
        $"looking up feature group {DisplayText.Of(name)}", $"{Groups(store)}/{Escape(name)}?expand=features", FeatureStoreScope, FeatureStoreResponse.Groups, cancellationToken);

    /// <summary>All feature groups of a feature store, in all versions, by name and version.</summary>
    public Task<IReadOnlyList<FeatureGroupInfo>> GetFeatureGroupsAsync(int store, CancellationToken cancellationToken) => GetAsync(
        "listing the feature groups",
        $"{Groups(store)}?expand=features",
        FeatureStoreScope,
        json => (IReadOnlyList<FeatureGroupInfo>)[.. FeatureStoreResponse.Groups(json).OrderBy(group => group.Name, StringComparer.Ordinal)],
        cancellationToken);

    /// <summary>The tests that rows must pass. Needs scope JOB.</summary>
    /// <returns>Null for none.</returns>
    public async Task<ExpectationSuite?> GetExpectationSuiteAsync(int store, int group, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync("asking for the expectation suite", $"{Group(store, group)}/expectationsuite", JobScope, FeatureStoreResponse.Suite, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (HopsworksException e) when (IsUnknownCall(e))
        {
            return null; // releases before there were suites
        }
    }

    /// <summary>The Kafka that rows go to.</summary>
    /// <returns>Null for releases that have no such connector, up to 3.3.</returns>
    public async Task<KafkaConnector?> GetKafkaConnectorAsync(int store, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(
                "asking for the Kafka connector",
                string.Create(CultureInfo.InvariantCulture, $"{_project}/featurestores/{store}/storageconnectors/kafka_connector/byok?external=True"),
                FeatureStoreScope,
                FeatureStoreResponse.Connector,
                cancellationToken).ConfigureAwait(false);
        }
        catch (HopsworksException e) when (IsUnknownCall(e))
        {
            return null;
        }
    }

    /// <summary>The schema of a feature group, with the id that rows name. Needs scope KAFKA.</summary>
    /// <exception cref="HopsworksException">40401: no such subject; 190000, 190010: no such topic, up to 3.3.</exception>
    public Task<FeatureSubject> GetSubjectAsync(int store, FeatureGroupInfo group, ServerRelease release, CancellationToken cancellationToken)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"kafka/subjects/{Escape(group.Name)}_{group.Version}/versions/latest");
        return GetAsync(
            $"asking for the schema of feature group {DisplayText.Of(group.Name)}",
            release.HasTopicPerGroup ? $"{_project}/kafka/topics/{Escape(group.Topic ?? "")}/subjects"
                : release.HasSubjectsOfStores ? string.Create(CultureInfo.InvariantCulture, $"{_project}/featurestores/{store}/{subject}")
                : $"{_project}/{subject}",
            "KAFKA",
            FeatureStoreResponse.Subject,
            cancellationToken);
    }

    /// <summary>Announces an insert to the online store.</summary>
    /// <param name="rows">How many rows will be sent; null if it is not known.</param>
    /// <returns>The id that its rows name; null for releases that have no such call, before 4.2.</returns>
    public async Task<long?> CreateIngestionAsync(int store, int group, long? rows, CancellationToken cancellationToken)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $$"""{"id":null,"numEntries":{{rows?.ToString(CultureInfo.InvariantCulture) ?? "null"}}}""");
        try
        {
            return await rest.JsonAsync(
                rest.Call("announcing an online ingestion", HttpMethod.Post, $"{Group(store, group)}/online_ingestion", body) with { Scope = FeatureStoreScope },
                FeatureStoreResponse.Id,
                cancellationToken).ConfigureAwait(false);
        }
        catch (HopsworksException e) when (IsUnknownCall(e))
        {
            return null;
        }
    }

    /// <summary>How far the online store is with an insert.</summary>
    /// <returns>Null if the server does not know the ingestion any more.</returns>
    public Task<IngestionProgress?> GetIngestionAsync(int store, int group, long id, CancellationToken cancellationToken) => GetAsync(
        "asking for the progress of the online ingestion",
        string.Create(CultureInfo.InvariantCulture, $"{Group(store, group)}/online_ingestion?filter_by=ID:{id}"),
        FeatureStoreScope,
        json => FeatureStoreResponse.Ingestion(json, id),
        cancellationToken);

    /// <summary>The inserts to the online store that the server still knows, the newest first.</summary>
    /// <returns>Null for releases that have no such call, before 4.2.</returns>
    public async Task<IReadOnlyList<IngestionProgress>?> GetIngestionsAsync(int store, int group, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(
                "listing the online ingestions", $"{Group(store, group)}/online_ingestion", FeatureStoreScope, FeatureStoreResponse.Ingestions, cancellationToken)
            .ConfigureAwait(false);
        }
        catch (HopsworksException e) when (IsUnknownCall(e))
        {
            return null;
        }
    }

    /// <summary>The default arguments of a job. Needs scope JOB.</summary>
    /// <exception cref="HopsworksException">130009: no such job.</exception>
    public Task<string?> GetJobArgumentsAsync(string job, CancellationToken cancellationToken) => GetAsync(
        $"looking up job {DisplayText.Of(job)}", $"{_project}/jobs/{Escape(job)}", JobScope, FeatureStoreResponse.JobArguments, cancellationToken);

    /// <summary>Whether a job has run before.</summary>
    public Task<bool> HasRunAsync(string job, CancellationToken cancellationToken) => GetAsync(
        $"asking for the runs of job {DisplayText.Of(job)}",
        $"{_project}/jobs/{Escape(job)}/executions?limit=1&sort_by=submissiontime:desc",
        JobScope,
        json => FeatureStoreResponse.Count(json) > 0,
        cancellationToken);

    /// <summary>The last runs of a job, the newest first.</summary>
    /// <param name="limit">How many at most.</param>
    public Task<IReadOnlyList<JobRun>> GetRunsAsync(string job, int limit, CancellationToken cancellationToken) => GetAsync(
        $"asking for the runs of job {DisplayText.Of(job)}",
        string.Create(CultureInfo.InvariantCulture, $"{_project}/jobs/{Escape(job)}/executions?limit={limit}&sort_by=submissiontime:desc"),
        JobScope,
        FeatureStoreResponse.Runs,
        cancellationToken);

    /// <summary>A run of a job.</summary>
    public Task<JobRun> GetRunAsync(string job, long run, CancellationToken cancellationToken) => GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"asking for run {run} of job {DisplayText.Of(job)}"),
        string.Create(CultureInfo.InvariantCulture, $"{_project}/jobs/{Escape(job)}/executions/{run}"),
        JobScope,
        FeatureStoreResponse.Run,
        cancellationToken);

    /// <summary>Starts a job.</summary>
    /// <returns>The id of its run.</returns>
    public Task<long> StartJobAsync(string job, string arguments, CancellationToken cancellationToken) => rest.JsonAsync(
        rest.Call($"starting job {DisplayText.Of(job)}", HttpMethod.Post, $"{_project}/jobs/{Escape(job)}/executions", arguments) with
        {
            Scope = JobScope, ContentType = "text/plain",
        },
        FeatureStoreResponse.Id,
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => rest.Dispose();

    private string Groups(int store) => string.Create(CultureInfo.InvariantCulture, $"{_project}/featurestores/{store}/featuregroups");

    private string Group(int store, int group) => string.Create(CultureInfo.InvariantCulture, $"{Groups(store)}/{group}");

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static bool IsUnknownCall(HopsworksException e) => e.Status is HttpStatusCode.NotFound && e.ErrorCode is 0 or HopsworksErrorCode.UnknownAddress;

    private Task<T> GetAsync<T>(string what, string path, string scope, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        rest.JsonAsync(rest.Call(what, HttpMethod.Get, path) with { Scope = scope }, read, cancellationToken);
}
