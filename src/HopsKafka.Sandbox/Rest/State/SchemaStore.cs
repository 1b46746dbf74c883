using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Sandbox.Rest.Schemas;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>
/// The schema registry: ids count through all projects, yet a project sees only its own. Schemas are equal when their
/// stored texts are. Safe for use by many threads.
/// </summary>
public sealed class SchemaStore
{
    private readonly Lock _gate = new();
    private readonly List<StoredSchema> _schemas = [];
    private readonly Dictionary<(int Project, string Subject), SortedDictionary<int, StoredSchema>> _subjects = [];
    private readonly Dictionary<(int Project, string? Subject), CompatibilityLevel> _levels = [];

    /// <summary>The subjects of a project in the order of their names.</summary>
    /// <param name="projectId">The project.</param>
    /// <returns>The names.</returns>
    public IReadOnlyList<string> Subjects(int projectId)
    {
        lock (_gate)
        {
            return [.. _subjects.Keys.Where(key => key.Project == projectId).Select(key => key.Subject)
                .Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>All versions of a subject, the oldest first.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="subject">The subject.</param>
    /// <returns>The versions; none when the subject does not exist.</returns>
    public IReadOnlyList<RegisteredSchema> Versions(int projectId, string subject)
    {
        lock (_gate)
        {
            return [.. VersionsOf(projectId, subject).Select(
                v => new RegisteredSchema(v.Value.Id, subject, v.Key, v.Value.Text))];
        }
    }

    /// <summary>The stored text of a schema.</summary>
    /// <param name="projectId">The project; ids of other projects are unknown to it.</param>
    /// <param name="id">The id.</param>
    /// <returns>The text, or null.</returns>
    public string? FindText(int projectId, int id)
    {
        lock (_gate)
        {
            return _schemas.FirstOrDefault(schema => schema.Id == id && schema.Project == projectId)?.Text;
        }
    }

    /// <summary>Registers a schema; one that the subject has already keeps its version.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="subject">The subject, which may be new.</param>
    /// <param name="schema">An Avro schema in JSON.</param>
    /// <returns>The version, or null when the compatibility level forbids it.</returns>
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

    /// <summary>The level of a project or of a subject.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="subject">The subject; null: the project's own level.</param>
    /// <returns>The level; null for a subject without one of its own, which then follows the project's.</returns>
    public CompatibilityLevel? Level(int projectId, string? subject = null)
    {
        lock (_gate)
        {
            return _levels.TryGetValue((projectId, subject), out var level) ? level
                : subject is null ? CompatibilityLevel.Backward : null;
        }
    }

    /// <summary>Sets the level of a project or of a subject.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="subject">The subject; null: the project.</param>
    /// <param name="level">The level.</param>
    public void SetLevel(int projectId, string? subject, CompatibilityLevel level)
    {
        lock (_gate)
        {
            _levels[(projectId, subject)] = level;
        }
    }

    /// <summary>Deletes one version of a subject, or all. The subject's level goes too; ids stay readable.</summary>
    /// <param name="projectId">The project.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="version">The version; null: all.</param>
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
                return new RegisteredSchema(existing.Value.Id, subject, existing.Key, text);
            }

            if (!Allows(projectId, subject, type, versions.Values.Reverse()))
            {
                return null;
            }

            var schema = _schemas.FirstOrDefault(s => s.Project == projectId && s.Text == text) ?? Add(projectId, text, type);
            var version = versions.Keys.LastOrDefault() + 1;
            versions.Add(version, schema);
            _subjects[(projectId, subject)] = versions;
            return new RegisteredSchema(schema.Id, subject, version, text);
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
        Compatibility.Allows(
            Level(projectId, subject) ?? Level(projectId)!.Value, candidate, previous.Select(schema => schema.Type));

    private StoredSchema Add(int projectId, string text, AvroType type)
    {
        var schema = new StoredSchema(_schemas.Count + 1, projectId, text, type);
        _schemas.Add(schema);
        return schema;
    }

    private SortedDictionary<int, StoredSchema> VersionsOf(int projectId, string subject) =>
        _subjects.GetValueOrDefault((projectId, subject)) ?? [];

    private sealed record StoredSchema(int Id, int Project, string Text, AvroType Type);
}

/// <summary>One version of a subject.</summary>
/// <param name="Id">Id of the schema, shared by all subjects of the project with the same text.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Version">The version, from 1.</param>
/// <param name="Text">The schema as the server stores it: the text of Java Avro's <c>Schema.toString()</c>.</param>
public sealed record RegisteredSchema(int Id, string Subject, int Version, string Text);
