using System.Buffers;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>The decoded row of one event.</summary>
internal sealed class StoredRow
{
    private readonly AvroValue _value;

    private StoredRow(AvroValue value) => _value = value;

    public string Json
    {
        get
        {
            var buffer = new ArrayBufferWriter<byte>();
            AvroJson.Write(buffer, _value);
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
    }

    /// <exception cref="HopsKafkaException">The schema is unknown, or the bytes are no row of it.</exception>
    public static StoredRow Decode(byte[]? value, RecordHeaders headers, StoredFeatureGroup group, SchemaStore schemas)
    {
        if (headers.ProjectId is { } project && project != group.Project.Id)
        {
            throw new HopsKafkaException($"Its header projectId names project {project}, but feature group {group.Subject} belongs to {group.Project.Id}.");
        }

        return new StoredRow(Schema(headers, group, schemas).DecodeFeatures(value ?? throw new HopsKafkaException("It has no value.")));
    }

    /// <summary>The values of the primary key in the order of their names, with commas between; a backslash precedes a comma in a value.</summary>
    /// <exception cref="HopsKafkaException">A value is missing or null.</exception>
    public string Key(IReadOnlyList<string> primaryKey) => string.Join(',', primaryKey.Select(name =>
        _value.TryGetField(name, out var value) && !value.IsNull
            ? AvroJson.TextOf(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
            : throw new HopsKafkaException($"Its primary key {name} is null.")));

    /// <summary>The number by which rows of a key are ordered; null without one.</summary>
    public long? EventTime(string? feature) => feature is not null && _value.TryGetField(feature, out var time) && time.Type.Kind is "long" or "int" ? time.Long : null;

    private static WriterSchema Schema(RecordHeaders headers, StoredFeatureGroup group, SchemaStore schemas)
    {
        if (headers.SubjectId is { } id)
        {
            var text = schemas.FindText(group.Project.Id, id)
                ?? throw new HopsKafkaException($"Its header subjectId names the schema {id}, which project {group.Project.Id} does not have.");
            return WriterSchema.Of(id, text, null);
        }

        var versions = schemas.Versions(group.Project.Id, group.Subject);
        var version = headers.SubjectVersion ?? versions.Select(v => v.Version).Append(0).Max();
        return versions.FirstOrDefault(v => v.Version == version) is not { } schema
            ? throw new HopsKafkaException($"Subject {group.Subject} has no such version.")
            : WriterSchema.Of(schema.Id, schema.SchemaString, null);
    }
}
