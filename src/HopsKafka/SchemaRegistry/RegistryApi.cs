using System.Text.Json;
using Confluent.SchemaRegistry;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using Microsoft.Extensions.Logging;

namespace HopsKafka.SchemaRegistry;

/// <summary>
/// The calls of a project's registry: each is a request, so that the response is current, and sends a schema's text unchanged, which
/// the server compares to the letter. Thread-safe. Each throws <see cref="HopsworksException"/> when the registry refuses it or is
/// unavailable after all attempts.
/// </summary>
internal sealed class RegistryApi : IDisposable
{
    private readonly RestClient _rest;

    /// <exception cref="ArgumentException">The address is neither HTTPS nor loopback.</exception>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable.</exception>
    public RegistryApi(HopsworksClientOptions options)
        : this(new RestClient(options))
    {
    }

    /// <param name="rest">Of the project's <c>kafka</c>. Disposed with this client.</param>
    public RegistryApi(RestClient rest) => _rest = rest;

    public static RegistryApi From(HopsKafkaConfig config, ILogger? logger = null) => new(HopsworksClientOptions.From(config, logger));

    public async Task<int> GetSchemaIdAsync(string subject, string schema, CancellationToken cancellationToken = default) =>
        (await LookupSchemaAsync(subject, schema, cancellationToken).ConfigureAwait(false)).Id;

    /// <exception cref="HopsworksException">40401: no such subject; 40403: no version has this text.</exception>
    public Task<RegisteredSchema> LookupSchemaAsync(string subject, string schema, CancellationToken cancellationToken = default) =>
        _rest.JsonAsync(
            Call($"looking up the schema of subject {DisplayText.Of(subject)}", HttpMethod.Post, $"subjects/{Escape(subject)}", Body(schema)),
            Registered,
            cancellationToken);

    /// <exception cref="HopsworksException">40403: the project has no such id.</exception>
    public Task<string> GetSchemaAsync(int id, CancellationToken cancellationToken = default) => _rest.JsonAsync(
        Call($"fetching the schema with id {id}", HttpMethod.Get, $"schemas/ids/{id}"),
        json => RestJson.Text(json, "schema"),
        cancellationToken);

    /// <exception cref="HopsworksException">40401: no such subject; 40402: no such version.</exception>
    public Task<RegisteredSchema> GetRegisteredSchemaAsync(
        string subject, int version, CancellationToken cancellationToken = default) => _rest.JsonAsync(
        Call($"fetching version {version} of subject {DisplayText.Of(subject)}", HttpMethod.Get, $"subjects/{Escape(subject)}/versions/{version}"),
        Registered,
        cancellationToken);

    /// <exception cref="HopsworksException">40401: no such subject.</exception>
    public Task<RegisteredSchema> GetLatestSchemaAsync(string subject, CancellationToken cancellationToken = default) => _rest.JsonAsync(
        Call($"fetching the latest version of subject {DisplayText.Of(subject)}", HttpMethod.Get, $"subjects/{Escape(subject)}/versions/latest"),
        Registered,
        cancellationToken);

    /// <returns>The subjects, in the server's order.</returns>
    public Task<IReadOnlyList<string>> GetAllSubjectsAsync(CancellationToken cancellationToken = default) =>
        _rest.ReadAsync(Call("listing the subjects", HttpMethod.Get, "subjects"), ListParser.Parse, cancellationToken);

    /// <returns>The versions, in the server's order.</returns>
    public Task<IReadOnlyList<int>> GetSubjectVersionsAsync(string subject, CancellationToken cancellationToken = default) => _rest.ReadAsync(
        Call($"listing the versions of subject {DisplayText.Of(subject)}", HttpMethod.Get, $"subjects/{Escape(subject)}/versions"),
        ListParser.ParseNumbers,
        cancellationToken);

    public async Task<int> RegisterSchemaAsync(string subject, string schema, CancellationToken cancellationToken = default) =>
        (await RegisterSchemaWithResponseAsync(subject, schema, cancellationToken).ConfigureAwait(false)).Id;

    /// <returns>Id and version, those that it has already when the text is registered; the text is the one that was sent.</returns>
    /// <exception cref="HopsworksException">40901: not compatible with the versions there; 42201: not valid Avro.</exception>
    public Task<RegisteredSchema> RegisterSchemaWithResponseAsync(
        string subject, string schema, CancellationToken cancellationToken = default) => _rest.JsonAsync(
        Call($"registering a schema under subject {DisplayText.Of(subject)}", HttpMethod.Post, $"subjects/{Escape(subject)}/versions", Body(schema)),
        json => Registered(subject, json, schema),
        cancellationToken);

    /// <summary>Deletes a subject with all its versions, for good.</summary>
    /// <exception cref="HopsworksException">40401: no such subject; 190014: a topic uses it; 190016: Hopsworks' own.</exception>
    public Task<IReadOnlyList<int>> DeleteSubjectAsync(string subject, CancellationToken cancellationToken = default) => _rest.ReadAsync(
        Call($"deleting subject {DisplayText.Of(subject)}", HttpMethod.Delete, $"subjects/{Escape(subject)}"),
        ListParser.ParseNumbers,
        cancellationToken);

    /// <returns>Whether the schema may follow the latest version by the subject's level.</returns>
    /// <exception cref="HopsworksException">40401: no such subject; 42201: not valid Avro.</exception>
    public Task<bool> IsCompatibleAsync(string subject, string schema, CancellationToken cancellationToken = default) =>
        IsCompatibleAsync(subject, schema, "the latest version", "latest", cancellationToken);

    /// <returns>Whether the schema may follow this version by the subject's level.</returns>
    /// <exception cref="HopsworksException">40401: no such subject; 40402: no such version; 42201: not valid Avro.</exception>
    public Task<bool> IsCompatibleAsync(string subject, string schema, int version, CancellationToken cancellationToken = default) =>
        IsCompatibleAsync(subject, schema, $"version {version}", $"{version}", cancellationToken);

    /// <param name="subject">Null for the project's level.</param>
    /// <exception cref="HopsworksException">40401: the subject has no level of its own.</exception>
    public Task<Compatibility> GetCompatibilityAsync(string? subject = null, CancellationToken cancellationToken = default) => _rest.JsonAsync(
        Call($"reading the compatibility level of {Whose(subject)}", HttpMethod.Get, ConfigPath(subject)) with
        {
            NoSubjectRemedy = "A subject without a level of its own follows the project's; otherwise check the subject's name.",
        },
        json => CompatibilityText.Parse(RestJson.Text(json, "compatibilityLevel")),
        cancellationToken);

    /// <exception cref="HopsworksException">150068: only a data owner of the project may.</exception>
    public Task<Compatibility> UpdateCompatibilityAsync(
        Compatibility compatibility, string? subject = null, CancellationToken cancellationToken = default) => _rest.JsonAsync(
        Call(
            $"setting the compatibility level of {Whose(subject)}",
            HttpMethod.Put,
            ConfigPath(subject),
            RestJson.Body("compatibility", CompatibilityText.Of(compatibility))),
        json => CompatibilityText.Parse(RestJson.Text(json, "compatibility")),
        cancellationToken);

    public void Dispose() => _rest.Dispose();

    private Task<bool> IsCompatibleAsync(string subject, string schema, string which, string version, CancellationToken cancellationToken) => _rest.JsonAsync(
        Call(
            $"checking a schema against {which} of subject {DisplayText.Of(subject)}",
            HttpMethod.Post,
            $"compatibility/subjects/{Escape(subject)}/versions/{version}",
            Body(schema)),
        json => json.GetProperty("is_compatible").GetBoolean(),
        cancellationToken);

    // URL normalization removes such a name: setting the level of subject "." would set the project's.
    private static string Escape(string subject) => subject is "" or "." or ".."
        ? throw new ArgumentException($"A subject cannot be called '{subject}'.", nameof(subject))
        : Uri.EscapeDataString(subject);

    private static string ConfigPath(string? subject) => subject is null ? "config" : $"config/{Escape(subject)}";

    private static string Whose(string? subject) => subject is null ? "the project" : $"subject {DisplayText.Of(subject)}";

    private static string Body(string schema) => RestJson.Body("schema", schema);

    private static RegisteredSchema Registered(JsonElement json) =>
        Registered(RestJson.Text(json, "subject"), json, RestJson.Text(json, "schema"));

    private static RegisteredSchema Registered(string subject, JsonElement json, string text)
    {
        var (version, id) = (json.GetProperty("version").GetInt32(), json.GetProperty("id").GetInt32());
        return version >= 0 && id >= 0 && text.Length > 0
            ? new RegisteredSchema(subject, version, id, text, SchemaType.Avro, [])
            : throw new FormatException("no version, id or text that a schema can have");
    }

    private RestCall Call(string what, HttpMethod method, string path, string? body = null) => _rest.Call(what, method, path, body);
}
