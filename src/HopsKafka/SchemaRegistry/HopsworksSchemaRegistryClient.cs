using System.Globalization;
using System.Net;
using Confluent.Kafka;
using Confluent.SchemaRegistry;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using Microsoft.Extensions.Logging;

namespace HopsKafka.SchemaRegistry;

/// <summary>
/// Hopsworks' schema registry behind the interface of Confluent's serdes. Schemas by id, by version and by text are cached, "latest"
/// without limit unless the options of the connection set one; a failed call is not. Lists and compatibility levels are never cached.
/// Safe for use by several threads. Calls throw <see cref="HopsworksException"/> when the registry refuses them or is unavailable
/// after all attempts, and <see cref="NotSupportedException"/> for what Hopsworks does not have: schemas other than Avro, references,
/// GUIDs, metadata, associations.
/// </summary>
public sealed partial class HopsworksSchemaRegistryClient : ISchemaRegistryClient
{
    private readonly RegistryApi _api;
    private readonly AsyncCache<int, Schema> _byId;
    private readonly AsyncCache<(string Subject, int Version), RegisteredSchema> _byVersion;
    private readonly AsyncCache<(string Subject, string Text), RegisteredSchema> _byText;
    private readonly AsyncCache<(string Subject, string Text), RegisteredSchema> _registered;
    private readonly AsyncCache<string, RegisteredSchema> _latest;

    /// <summary>Makes a client; connects at the first call.</summary>
    /// <param name="options">The URL of the registry, trust, timeouts and retries.</param>
    /// <exception cref="ArgumentException">The address is neither HTTPS nor loopback, or a limit is below 1.</exception>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable.</exception>
    internal HopsworksSchemaRegistryClient(HopsworksClientOptions options)
        : this(options, new RestClient(options))
    {
    }

    /// <param name="options">How to cache.</param>
    /// <param name="rest">Of the project's <c>kafka</c>. Disposed with this client.</param>
    internal HopsworksSchemaRegistryClient(HopsworksClientOptions options, RestClient rest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxCachedSchemas, 1);
        _api = new RegistryApi(rest);
        MaxCachedSchemas = options.MaxCachedSchemas;
        Config = ConfigOf(options);
        _byId = new(MaxCachedSchemas);
        _byVersion = new(MaxCachedSchemas);
        _byText = new(MaxCachedSchemas);
        _registered = new(MaxCachedSchemas);
        _latest = new(MaxCachedSchemas, options.LatestCacheTtl, options.Clock);
    }

    /// <summary>Makes a client of the registry of the project that a configuration names.</summary>
    /// <param name="config">The checked configuration.</param>
    /// <param name="logger">Gets requests and retries; null for none.</param>
    /// <returns>The client.</returns>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable, or the address is invalid.</exception>
    internal static HopsworksSchemaRegistryClient From(HopsKafkaConfig config, ILogger? logger = null) =>
        new(HopsworksClientOptions.From(config, logger));

    /// <summary>Address, time limits and cache limits, by the names of <see cref="SchemaRegistryConfig"/>. Without the API key.</summary>
    public IEnumerable<KeyValuePair<string, string>> Config { get; }

    /// <summary>Null: the client reads and sends the API key itself.</summary>
    public IAuthenticationHeaderValueProvider? AuthHeaderProvider => null;

    /// <summary>Null: the proxy is that of the environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>).</summary>
    public IWebProxy? Proxy => null;

    /// <inheritdoc/>
    public int MaxCachedSchemas { get; }

    /// <summary>Finds the version of a subject that a schema can be written with. Never registers.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="schema">The schema. Hopsworks compares texts: if none is the same, the newest version that writes the same bytes is
    /// taken, by Avro's Parsing Canonical Form and the logical types.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The registered schema.</returns>
    /// <exception cref="HopsworksException">40401: no such subject; 40403: no version has this text or writes these bytes.</exception>
    public Task<RegisteredSchema> LookupSchemaAsync(string subject, Schema schema, CancellationToken cancellationToken) =>
        _byText.GetAsync((subject, TextOf(schema)), key => FindAsync(key.Subject, key.Text), cancellationToken);

    /// <summary>The id of the version that <see cref="LookupSchemaAsync(string, Schema, CancellationToken)"/> finds.</summary>
    /// <inheritdoc cref="LookupSchemaAsync(string, Schema, CancellationToken)"/>
    public async Task<int> GetSchemaIdAsync(string subject, Schema schema, CancellationToken cancellationToken) =>
        (await LookupSchemaAsync(subject, schema, cancellationToken).ConfigureAwait(false)).Id;

    /// <summary>Registers a schema under a subject; gives the version that it has already when the text is registered.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="schema">The schema, sent unchanged.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Id and version; the text is the one that was sent.</returns>
    /// <exception cref="HopsworksException">40901: not compatible with the versions there; 42201: not valid Avro.</exception>
    public async Task<RegisteredSchema> RegisterSchemaWithResponseAsync(string subject, Schema schema, CancellationToken cancellationToken)
    {
        var key = (subject, TextOf(schema));
        if (!_registered.TryGet(key, out var registered))
        {
            registered = await _registered.GetAsync(key, k => _api.RegisterSchemaWithResponseAsync(k.Subject, k.Text), cancellationToken).ConfigureAwait(false);
            _latest.Clear();
        }

        return registered;
    }

    /// <summary>As <see cref="RegisterSchemaWithResponseAsync(string, Schema, CancellationToken)"/>, the id alone.</summary>
    /// <inheritdoc cref="RegisterSchemaWithResponseAsync(string, Schema, CancellationToken)"/>
    public async Task<int> RegisterSchemaAsync(string subject, Schema schema, CancellationToken cancellationToken) =>
        (await RegisterSchemaWithResponseAsync(subject, schema, cancellationToken).ConfigureAwait(false)).Id;

    /// <summary>The schema of an id.</summary>
    /// <param name="id">The id, as the framing of an event carries it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="HopsworksException">40403: the project has no such id.</exception>
    public Task<Schema> GetSchemaAsync(int id, CancellationToken cancellationToken) =>
        _byId.GetAsync(id, async key => AvroSchema(await _api.GetSchemaAsync(key).ConfigureAwait(false)), cancellationToken);

    /// <summary>One version of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="version">The version, from 1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The registered schema.</returns>
    /// <exception cref="HopsworksException">40401: no such subject; 40402: no such version.</exception>
    public Task<RegisteredSchema> GetRegisteredSchemaAsync(string subject, int version, CancellationToken cancellationToken) =>
        _byVersion.GetAsync((subject, version), key => _api.GetRegisteredSchemaAsync(key.Subject, key.Version), cancellationToken);

    /// <summary>The latest version of a subject, from the cache while it is younger than <see cref="HopsworksClientOptions.LatestCacheTtl"/>.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The registered schema.</returns>
    /// <exception cref="HopsworksException">40401: no such subject.</exception>
    public Task<RegisteredSchema> GetLatestSchemaAsync(string subject, CancellationToken cancellationToken) =>
        _latest.GetAsync(subject, key => _api.GetLatestSchemaAsync(key), cancellationToken);

    /// <summary>All subjects of the project.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The subjects, in the server's order.</returns>
    /// <exception cref="HopsworksException">The registry refused, or is unavailable.</exception>
    public async Task<List<string>> GetAllSubjectsAsync(CancellationToken cancellationToken) => [.. await _api.GetAllSubjectsAsync(cancellationToken).ConfigureAwait(false)];

    /// <summary>The versions of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The versions, in the server's order.</returns>
    /// <exception cref="HopsworksException">The registry refused, or is unavailable.</exception>
    public async Task<List<int>> GetSubjectVersionsAsync(string subject, CancellationToken cancellationToken) =>
        [.. await _api.GetSubjectVersionsAsync(subject, cancellationToken).ConfigureAwait(false)];

    /// <summary>Whether a schema may follow the latest version of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="schema">The schema, sent unchanged.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>True when it keeps the subject's compatibility level.</returns>
    /// <exception cref="HopsworksException">40401: no such subject; 42201: not valid Avro.</exception>
    public Task<bool> IsCompatibleAsync(string subject, Schema schema, CancellationToken cancellationToken) =>
        _api.IsCompatibleAsync(subject, TextOf(schema), cancellationToken);

    /// <summary>The compatibility level of a subject or of the project.</summary>
    /// <param name="subject">The subject; null for the project's level.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The level.</returns>
    /// <exception cref="HopsworksException">40401: the subject has no level of its own.</exception>
    public Task<Compatibility> GetCompatibilityAsync(string? subject, CancellationToken cancellationToken) =>
        _api.GetCompatibilityAsync(subject, cancellationToken);

    /// <summary>Sets the compatibility level of a subject or of the project.</summary>
    /// <param name="compatibility">The level.</param>
    /// <param name="subject">The subject; null for the project's level.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The level that the registry confirms.</returns>
    /// <exception cref="HopsworksException">150068: only a data owner of the project may.</exception>
    public Task<Compatibility> UpdateCompatibilityAsync(Compatibility compatibility, string? subject, CancellationToken cancellationToken) =>
        _api.UpdateCompatibilityAsync(compatibility, subject, cancellationToken);

    /// <inheritdoc/>
    public void ClearLatestCaches() => _latest.Clear();

    /// <inheritdoc/>
    public void ClearCaches()
    {
        _byId.Clear();
        _byVersion.Clear();
        _byText.Clear();
        _registered.Clear();
        _latest.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    private async Task<RegisteredSchema> FindAsync(string subject, string text)
    {
        try
        {
            return await _api.LookupSchemaAsync(subject, text).ConfigureAwait(false);
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.SchemaNotFound)
        {
            if (LocalSchema.TryParse(text, subject) is { } local
                && (await SchemaSearch.MatchVersionsAsync(_api, subject, local, CancellationToken.None).ConfigureAwait(false)).Found is { } found)
            {
                return found;
            }

            throw;
        }
    }

    private static Schema AvroSchema(string text) => new(text, [], SchemaType.Avro);

    private static string TextOf(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return schema.SchemaType != SchemaType.Avro ? throw new NotSupportedException($"Hopsworks' registry holds Avro schemas only, no {schema.SchemaType}.")
            : schema.References is { Count: > 0 } ? throw new NotSupportedException("Hopsworks' registry has no references between schemas.")
            : schema.SchemaString;
    }

    private static Dictionary<string, string> ConfigOf(HopsworksClientOptions options) => new()
    {
        [SchemaRegistryConfig.PropertyNames.SchemaRegistryUrl] = options.BaseAddress.ToString(),
        [SchemaRegistryConfig.PropertyNames.SchemaRegistryRequestTimeoutMs] = Number(options.RequestTimeout.TotalMilliseconds),
        [SchemaRegistryConfig.PropertyNames.SchemaRegistryMaxRetries] = Number(options.MaxAttempts - 1),
        [SchemaRegistryConfig.PropertyNames.SchemaRegistryRetriesWaitMs] = Number(options.RetryWait.TotalMilliseconds),
        [SchemaRegistryConfig.PropertyNames.SchemaRegistryRetriesMaxWaitMs] = Number(options.RetryMaxWait.TotalMilliseconds),
        [SchemaRegistryConfig.PropertyNames.SchemaRegistryMaxCachedSchemas] = Number(options.MaxCachedSchemas),
        [SchemaRegistryConfig.PropertyNames.SchemaRegistryLatestCacheTtlSecs] = Number(options.LatestCacheTtl?.TotalSeconds ?? -1),
    };

    private static string Number(double value) => ((long)value).ToString(CultureInfo.InvariantCulture);
}
