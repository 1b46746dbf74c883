using Confluent.SchemaRegistry;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Sandbox.Rest.Schemas;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>
/// The schema registry: ids count through all projects, yet a project sees only its own. Schemas are equal when their
/// stored texts are. Safe for use by many threads.
/// </summary>
internal sealed class SchemaStore
{
    private readonly Lock _gate = new();
    private readonly List<StoredSchema> _schemas = [];
    private readonly Dictionary<(int Project, string Subject), SortedDictionary<int, StoredSchema>> _subjects = [];
    private readonly Dictionary<(int Project, string? Subject), Compatibility> _levels = [];

    /// <summary>The subjects of a project in the order of their names.</summary>
    public IReadOnlyList<string> Subjects(int projectId)
    {
        lock (_gate)
        {
            return [.. _subjects.Keys.Where(key => key.Project == projectId).Select(key => key.Subject)
                .Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>All versions of a subject, the oldest first.</summary>
    public IReadOnlyList<RegisteredSchema> Versions(int projectId, string subject)
    {
        lock (_gate)
        {
            return [.. VersionsOf(projectId, subject).Select(
                v => v.Value.As(subject, v.Key))];
        }
    }

    /// <summary>The stored text of a schema; null for an id of another project.</summary>
    public string? FindText(int projectId, int id)
    {
        lock (_gate)
        {
            return _schemas.FirstOrDefault(schema => schema.Id == id && schema.Project == projectId)?.Text;
        }
    }

    /// <summary>Registers a schema; one that the subject has already keeps its version. Null: the compatibility level forbids it.</summary>
    /// <exception cref="HopsKafkaException">The text is no Avro schema.</exception>
    public RegisteredSchema? Register(int projectId, string subject, string schema)
    {
        try
        {
            return Register(projectId, subject, AvroType.Parse(schema));
        }
        catch (InvalidSchemaException e)
        {
            throw new HopsKafkaException(
                $"The schema for subject {subject} is not Avro: {e.Message}.", exitCode: ExitCode.Usage, innerException: e);
        }
    }

    /// <summary>The level of a project (no subject) or of a subject; null for a subject without a level of its own.</summary>
    public Compatibility? Level(int projectId, string? subject = null)
    {
        lock (_gate)
        {
            return _levels.TryGetValue((projectId, subject), out var level) ? level
                : subject is null ? Compatibility.Backward : null;
        }
    }

    public void SetLevel(int projectId, string? subject, Compatibility level)
    {
        lock (_gate)
        {
            _levels[(projectId, subject)] = level;
        }
    }

    /// <summary>Deletes one version of a subject, or all. The subject's level goes too; ids stay readable.</summary>
    public void Delete(int projectId, string subject, int? version = null)
    {
        lock (_gate)
        {
            var versions = VersionsOf(projectId, subject);
            _levels.Remove((projectId, subject));
            if (version is null || (versions.Remove(version.Value) && versions.Count == 0))
            {
                _subjects.Remove((projectId, subject));
            }
        }
    }

    internal RegisteredSchema? Register(int projectId, string subject, AvroType type)
    {
        var text = type.ToJavaText();
        lock (_gate)
        {
            var versions = VersionsOf(projectId, subject);
            if (versions.FirstOrDefault(v => v.Value.Text == text) is { Value: not null } existing)
            {
                return existing.Value.As(subject, existing.Key);
            }

            if (!Allows(projectId, subject, type, versions.Values.Reverse()))
            {
                return null;
            }

            var schema = _schemas.FirstOrDefault(s => s.Project == projectId && s.Text == text) ?? Add(projectId, text, type);
            var version = versions.Keys.LastOrDefault() + 1;
            versions.Add(version, schema);
            _subjects[(projectId, subject)] = versions;
            return schema.As(subject, version);
        }
    }

    /// <summary>Whether the level in force for the subject allows the schema beside one registered version.</summary>
    internal bool IsCompatible(int projectId, string subject, int version, AvroType candidate)
    {
        lock (_gate)
        {
            var registered = VersionsOf(projectId, subject).Where(v => v.Key == version).Select(v => v.Value);
            return Allows(projectId, subject, candidate, registered);
        }
    }

    private bool Allows(int projectId, string subject, AvroType candidate, IEnumerable<StoredSchema> previous) =>
        CompatibilityRules.Allows(
            Level(projectId, subject) ?? Level(projectId)!.Value, candidate, previous.Select(schema => schema.Type));

    private StoredSchema Add(int projectId, string text, AvroType type)
    {
        var schema = new StoredSchema(_schemas.Count + 1, projectId, text, type);
        _schemas.Add(schema);
        return schema;
    }

    private SortedDictionary<int, StoredSchema> VersionsOf(int projectId, string subject) =>
        _subjects.GetValueOrDefault((projectId, subject)) ?? [];

    private sealed record StoredSchema(int Id, int Project, string Text, AvroType Type)
    {
        public RegisteredSchema As(string subject, int version) => new(subject, version, Id, Text, SchemaType.Avro, []);
    }
}
