using System.Net;
using Confluent.Kafka;
using Confluent.SchemaRegistry;
using HopsKafka.Hopsworks;

namespace HopsKafka.SchemaRegistry;

/// <content>The members of Confluent's interface, which know no cancellation. Hopsworks neither normalizes texts nor keeps deleted
/// versions, so those switches change nothing.</content>
public sealed partial class HopsworksSchemaRegistryClient
{
    private const string NoAssociations = "Hopsworks has no associations between topics and subjects.";

    /// <inheritdoc/>
    public Task<int> RegisterSchemaAsync(string subject, Schema schema, bool normalize = false) =>
        RegisterSchemaAsync(subject, schema, CancellationToken.None);

    /// <inheritdoc/>
    public Task<RegisteredSchema> RegisterSchemaWithResponseAsync(string subject, Schema schema, bool normalize = false) =>
        RegisterSchemaWithResponseAsync(subject, schema, CancellationToken.None);

    /// <inheritdoc/>
    public Task<int> GetSchemaIdAsync(string subject, Schema schema, bool normalize = false) =>
        GetSchemaIdAsync(subject, schema, CancellationToken.None);

    /// <inheritdoc/>
    public Task<RegisteredSchema> LookupSchemaAsync(string subject, Schema schema, bool ignoreDeletedSchemas, bool normalize = false) =>
        LookupSchemaAsync(subject, schema, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Schema> GetSchemaAsync(int id, string? format = null) => GetSchemaAsync(id, CancellationToken.None);

    /// <inheritdoc/>
    /// <remarks>An id means the same schema under every subject of the project.</remarks>
    public Task<Schema> GetSchemaBySubjectAndIdAsync(string subject, int id, string? format = null) => GetSchemaAsync(id, CancellationToken.None);

    /// <inheritdoc/>
    public Task<RegisteredSchema> GetRegisteredSchemaAsync(string subject, int version, bool ignoreDeletedSchemas = true) =>
        GetRegisteredSchemaAsync(subject, version, CancellationToken.None);

    /// <inheritdoc/>
    public Task<RegisteredSchema> GetLatestSchemaAsync(string subject) => GetLatestSchemaAsync(subject, CancellationToken.None);

    /// <inheritdoc/>
    public Task<List<string>> GetAllSubjectsAsync() => GetAllSubjectsAsync(CancellationToken.None);

    /// <inheritdoc/>
    public Task<List<int>> GetSubjectVersionsAsync(string subject) => GetSubjectVersionsAsync(subject, CancellationToken.None);

    /// <inheritdoc/>
    public Task<bool> IsCompatibleAsync(string subject, Schema schema) => IsCompatibleAsync(subject, schema, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Compatibility> GetCompatibilityAsync(string? subject = null) => GetCompatibilityAsync(subject, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Compatibility> UpdateCompatibilityAsync(Compatibility compatibility, string? subject = null) =>
        UpdateCompatibilityAsync(compatibility, subject, CancellationToken.None);

    /// <summary>Not supported: Hopsworks has ids only.</summary>
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public Task<Schema> GetSchemaByGuidAsync(string guid, string? format = null) =>
        Task.FromException<Schema>(new NotSupportedException("Hopsworks' registry has no GUIDs of schemas, only ids: read the id of the event's framing."));

    /// <summary>Not supported: schemas of Hopsworks have no metadata.</summary>
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public Task<RegisteredSchema> GetLatestWithMetadataAsync(string subject, IDictionary<string, string> metadata, bool ignoreDeletedSchemas) =>
        Task.FromException<RegisteredSchema>(new NotSupportedException("Schemas of Hopsworks' registry have no metadata: use GetLatestSchemaAsync."));

    /// <summary>None: Hopsworks has no associations, so that a serde with such a strategy falls back to its other one.</summary>
    /// <inheritdoc/>
    public Task<List<Association>> GetAssociationsByResourceNameAsync(
        string resourceName, string resourceNamespace, string? resourceType, List<string>? associationTypes, string? lifecycle, int offset, int limit) =>
        Task.FromException<List<Association>>(
            new HopsworksException(NoAssociations, HttpStatusCode.NotFound, 0, "Use SubjectNameStrategy.Record, as HopsworksSerdes does."));

    /// <summary>Not supported: Hopsworks has no associations.</summary>
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public Task<AssociationResponse> CreateAssociationAsync(AssociationCreateOrUpdateRequest request) =>
        Task.FromException<AssociationResponse>(new NotSupportedException(NoAssociations));

    /// <summary>Not supported: Hopsworks has no associations.</summary>
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public Task DeleteAssociationsAsync(string resourceId, string? resourceType, List<string>? associationTypes, bool cascadeLifecycle) =>
        Task.FromException(new NotSupportedException(NoAssociations));

    /// <inheritdoc/>
    [Obsolete("Superseded by RegisterSchemaAsync(string, Schema, bool)")]
    public Task<int> RegisterSchemaAsync(string subject, string avroSchema, bool normalize = false) =>
        RegisterSchemaAsync(subject, AvroSchema(avroSchema), CancellationToken.None);

    /// <inheritdoc/>
    [Obsolete("Superseded by GetSchemaIdAsync(string, Schema, bool)")]
    public Task<int> GetSchemaIdAsync(string subject, string avroSchema, bool normalize = false) =>
        GetSchemaIdAsync(subject, AvroSchema(avroSchema), CancellationToken.None);

    /// <inheritdoc/>
    [Obsolete("Superseded by GetRegisteredSchemaAsync(string, int)")]
    public async Task<string> GetSchemaAsync(string subject, int version) =>
        (await GetRegisteredSchemaAsync(subject, version, CancellationToken.None).ConfigureAwait(false)).SchemaString;

    /// <inheritdoc/>
    [Obsolete("Superseded by IsCompatibleAsync(string, Schema)")]
    public Task<bool> IsCompatibleAsync(string subject, string avroSchema) =>
        IsCompatibleAsync(subject, AvroSchema(avroSchema), CancellationToken.None);

    /// <inheritdoc/>
    [Obsolete("Set SubjectNameStrategy in the configuration of the serializer.")]
    public string ConstructKeySubjectName(string topic, string? recordType = null) => SubjectNameStrategy.Topic.ConstructKeySubjectName(topic, recordType);

    /// <inheritdoc/>
    [Obsolete("Set SubjectNameStrategy in the configuration of the serializer.")]
    public string ConstructValueSubjectName(string topic, string? recordType = null) => SubjectNameStrategy.Topic.ConstructValueSubjectName(topic, recordType);
}
