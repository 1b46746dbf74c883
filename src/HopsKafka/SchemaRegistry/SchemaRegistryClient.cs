using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using Microsoft.Extensions.Logging;

namespace HopsKafka.SchemaRegistry;

/// <summary>
/// Client of Hopsworks' schema registry, with the names of Confluent's <c>ISchemaRegistryClient</c>. HTTP only: it caches
/// nothing, and is safe for use by several threads. Each call throws <see cref="SchemaRegistryException"/> when the
/// registry refuses it or stays away after all attempts.
/// </summary>
public sealed class SchemaRegistryClient : IDisposable
{
    private readonly RestChannel _channel;

    /// <summary>Makes a client; connects at the first call.</summary>
    /// <param name="options">Where the registry is and how to talk to it.</param>
    /// <exception cref="ArgumentException">The address is neither HTTPS nor loopback.</exception>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable.</exception>
    public SchemaRegistryClient(HopsworksClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _channel = new RestChannel(options);
    }

    /// <summary>Makes a client of the registry of the project that a configuration names.</summary>
    /// <param name="config">The checked configuration.</param>
    /// <param name="logger">Gets requests and retries; null for none.</param>
    /// <returns>The client.</returns>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable, or the address is none.</exception>
    public static SchemaRegistryClient From(HopsKafkaConfig config, ILogger? logger = null) =>
        new(HopsworksClientOptions.From(config, logger));

    /// <summary>Id of a schema that is registered under a subject. The registry compares the text.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="schema">The schema, sent as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The schema's id.</returns>
    /// <exception cref="SchemaRegistryException">40401: no such subject; 40403: no version has this text.</exception>
    public async Task<int> GetSchemaIdAsync(string subject, Schema schema, CancellationToken cancellationToken = default) =>
        (await LookupSchemaAsync(subject, schema, cancellationToken)).Id;

    /// <summary>Id and version of a schema that is registered under a subject. The registry compares the text.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="schema">The schema, sent as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The registered schema.</returns>
    /// <exception cref="SchemaRegistryException">40401: no such subject; 40403: no version has this text.</exception>
    public Task<RegisteredSchema> LookupSchemaAsync(string subject, Schema schema, CancellationToken cancellationToken = default) =>
        JsonAsync(
            Call($"looking up the schema of subject {DisplayText.Of(subject)}", HttpMethod.Post, $"subjects/{Escape(subject)}", Body(schema)),
            Registered,
            cancellationToken);

    /// <summary>The schema of an id.</summary>
    /// <param name="id">The id, as the framing of an event carries it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="SchemaRegistryException">40403: the project has no such id.</exception>
    public Task<Schema> GetSchemaAsync(int id, CancellationToken cancellationToken = default) => JsonAsync(
        Call($"fetching the schema with id {id}", HttpMethod.Get, $"schemas/ids/{id}"),
        json => new Schema(Text(json, "schema")),
        cancellationToken);

    /// <summary>One version of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="version">The version, from 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The registered schema.</returns>
    /// <exception cref="SchemaRegistryException">40401: no such subject; 40402: no such version.</exception>
    public Task<RegisteredSchema> GetRegisteredSchemaAsync(
        string subject, int version, CancellationToken cancellationToken = default) => JsonAsync(
        Call($"fetching version {version} of subject {DisplayText.Of(subject)}", HttpMethod.Get, $"subjects/{Escape(subject)}/versions/{version}"),
        Registered,
        cancellationToken);

    /// <summary>The latest version of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The registered schema.</returns>
    /// <exception cref="SchemaRegistryException">40401: no such subject.</exception>
    public Task<RegisteredSchema> GetLatestSchemaAsync(string subject, CancellationToken cancellationToken = default) => JsonAsync(
        Call($"fetching the latest version of subject {DisplayText.Of(subject)}", HttpMethod.Get, $"subjects/{Escape(subject)}/versions/latest"),
        Registered,
        cancellationToken);

    /// <summary>All subjects of the project.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The subjects, in the server's order.</returns>
    /// <exception cref="SchemaRegistryException">The registry refused, or stayed away.</exception>
    public Task<IReadOnlyList<string>> GetAllSubjectsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(Call("listing the subjects", HttpMethod.Get, "subjects"), ListParser.Parse, cancellationToken);

    /// <summary>The versions of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The versions, in the server's order.</returns>
    /// <exception cref="SchemaRegistryException">The registry refused, or stayed away.</exception>
    public Task<IReadOnlyList<int>> GetSubjectVersionsAsync(string subject, CancellationToken cancellationToken = default) => ReadAsync(
        Call($"listing the versions of subject {DisplayText.Of(subject)}", HttpMethod.Get, $"subjects/{Escape(subject)}/versions"),
        ListParser.ParseNumbers,
        cancellationToken);

    /// <summary>Registers a schema under a subject; gives the id that it has already when the text is registered.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="schema">The schema, sent as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The schema's id.</returns>
    /// <exception cref="SchemaRegistryException">40901: not compatible with the versions there; 42201: not valid Avro.</exception>
    public async Task<int> RegisterSchemaAsync(string subject, Schema schema, CancellationToken cancellationToken = default) =>
        (await RegisterSchemaWithResponseAsync(subject, schema, cancellationToken)).Id;

    /// <summary>As <see cref="RegisterSchemaAsync"/>, with the version too.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="schema">The schema, sent as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Id and version; the text is the one that was sent.</returns>
    /// <exception cref="SchemaRegistryException">40901: not compatible with the versions there; 42201: not valid Avro.</exception>
    public Task<RegisteredSchema> RegisterSchemaWithResponseAsync(
        string subject, Schema schema, CancellationToken cancellationToken = default) => JsonAsync(
        Call($"registering a schema under subject {DisplayText.Of(subject)}", HttpMethod.Post, $"subjects/{Escape(subject)}/versions", Body(schema)),
        json => new RegisteredSchema(subject, json.GetProperty("version").GetInt32(), json.GetProperty("id").GetInt32(), schema.SchemaString),
        cancellationToken);

    /// <summary>Deletes a subject with all its versions, for good.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The versions that were deleted.</returns>
    /// <exception cref="SchemaRegistryException">40401: no such subject; 190014: a topic uses it; 190016: Hopsworks' own.</exception>
    public Task<IReadOnlyList<int>> DeleteSubjectAsync(string subject, CancellationToken cancellationToken = default) => ReadAsync(
        Call($"deleting subject {DisplayText.Of(subject)}", HttpMethod.Delete, $"subjects/{Escape(subject)}"),
        ListParser.ParseNumbers,
        cancellationToken);

    /// <summary>Whether a schema may follow the latest version of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="schema">The schema, sent as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True when it keeps the subject's compatibility level.</returns>
    /// <exception cref="SchemaRegistryException">40401: no such subject; 42201: not valid Avro.</exception>
    public Task<bool> IsCompatibleAsync(string subject, Schema schema, CancellationToken cancellationToken = default) => JsonAsync(
        Call(
            $"checking a schema against the latest version of subject {DisplayText.Of(subject)}",
            HttpMethod.Post,
            $"compatibility/subjects/{Escape(subject)}/versions/latest",
            Body(schema)),
        json => json.GetProperty("is_compatible").GetBoolean(),
        cancellationToken);

    /// <summary>The compatibility level of a subject or of the project.</summary>
    /// <param name="subject">The subject; null for the project's level.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The level.</returns>
    /// <exception cref="SchemaRegistryException">40401: the subject has no level of its own.</exception>
    public Task<Compatibility> GetCompatibilityAsync(string? subject = null, CancellationToken cancellationToken = default) => JsonAsync(
        Call($"reading the compatibility level of {Whose(subject)}", HttpMethod.Get, ConfigPath(subject)) with
        {
            NoSubjectRemedy = "A subject without a level of its own follows the project's; otherwise check the subject's name.",
        },
        json => CompatibilityText.Parse(Text(json, "compatibilityLevel")),
        cancellationToken);

    /// <summary>Sets the compatibility level of a subject or of the project.</summary>
    /// <param name="compatibility">The level.</param>
    /// <param name="subject">The subject; null for the project's level.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The level that the registry confirms.</returns>
    /// <exception cref="SchemaRegistryException">150068: only a data owner of the project may.</exception>
    public Task<Compatibility> UpdateCompatibilityAsync(
        Compatibility compatibility, string? subject = null, CancellationToken cancellationToken = default) => JsonAsync(
        Call(
            $"setting the compatibility level of {Whose(subject)}",
            HttpMethod.Put,
            ConfigPath(subject),
            RestJson.Body("compatibility", CompatibilityText.Of(compatibility))),
        json => CompatibilityText.Parse(Text(json, "compatibility")),
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    // Such a name would vanish from the address: setting the level of subject "." would set the project's.
    private static string Escape(string subject) => subject is "" or "." or ".."
        ? throw new ArgumentException($"A subject cannot be called '{subject}'.", nameof(subject))
        : Uri.EscapeDataString(subject);

    private static string ConfigPath(string? subject) => subject is null ? "config" : $"config/{Escape(subject)}";

    private static string Whose(string? subject) => subject is null ? "the project" : $"subject {DisplayText.Of(subject)}";

    private static string Body(Schema schema) => RestJson.Body("schema", schema.SchemaString);

    private static string Text(JsonElement json, string name) => RestJson.Text(json, name);

    private static RegisteredSchema Registered(JsonElement json) => new(
        Text(json, "subject"), json.GetProperty("version").GetInt32(), json.GetProperty("id").GetInt32(), Text(json, "schema"));

    private RestCall Call(string what, HttpMethod method, string path, string? body = null) => _channel.Call(what, method, path, body);

    private Task<T> JsonAsync<T>(RestCall call, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        _channel.JsonAsync(call, read, cancellationToken);

    private Task<T> ReadAsync<T>(RestCall call, Func<string, T> read, CancellationToken cancellationToken) =>
        _channel.ReadAsync(call, read, cancellationToken);
}
