using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Sensors;

namespace HopsKafka.SchemaRegistry;

/// <summary>An Avro schema of this machine and its subject; a sensor's or any other.</summary>
internal sealed class LocalSchema
{
    /// <summary>The most characters that Hopsworks stores.</summary>
    public const int MaxTextLength = 10_000;

    private LocalSchema(string text, AvroType type, string fullName) => (Text, Type, FullName) = (text.Trim(), type, fullName);

    /// <summary>The text as the user wrote it, without surrounding white space: the registry compares texts.</summary>
    public string Text { get; }

    /// <summary>Its full name, which is its subject (record-name strategy); the subject itself for a schema without a name.</summary>
    public string FullName { get; }

    /// <summary>Whether it has more characters than Hopsworks stores.</summary>
    public bool IsTooLong => Text.Length > MaxTextLength;

    internal AvroType Type { get; }

    /// <summary>Reads the schema of a file.</summary>
    /// <param name="setting">The option or key that names it, for messages.</param>
    /// <param name="subject">The subject of a schema without a name; null refuses such a schema.</param>
    /// <exception cref="HopsKafkaException">The file cannot be read, or holds no Avro schema that has a subject.</exception>
    public static LocalSchema ReadFile(string path, string setting, string? subject = null)
    {
        var remedy = $"Correct {setting}: it names a file with an Avro schema{(subject is null ? " that has a name" : "")}.";
        try
        {
            return Parse(ReadText(path, remedy), subject);
        }
        catch (FormatException e)
        {
            throw new HopsKafkaException($"The schema file {path} cannot be used: {e.Message}.", remedy, ExitCode.Usage, e);
        }
    }

    /// <summary>The schema of <c>[kafka] schema_file</c>, whatever its name, or the tutorial's where that is the subject.</summary>
    /// <returns>The schema; null when the configuration names another subject and no file.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be read, or holds no Avro schema.</exception>
    public static LocalSchema? Load(KafkaOptions kafka)
    {
        ArgumentNullException.ThrowIfNull(kafka);
        return kafka.SchemaFile is { } file ? ReadFile(file, "[kafka] schema_file", kafka.Schema)
            : kafka.Schema == SensorSchema.Tutorial.FullName ? Of(SensorSchema.Tutorial)
            : null;
    }

    /// <summary>As <see cref="Load"/>, for those who need that schema under the subject of the configuration.</summary>
    /// <returns>The schema, whose name is <c>[kafka] schema</c>; null when the configuration names another subject and no file.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be read, holds no Avro schema, or one of another name.</exception>
    public static LocalSchema? LoadOfSubject(KafkaOptions kafka)
    {
        var local = Load(kafka);
        return local is null || local.FullName == kafka.Schema
            ? local
            : throw OtherName(kafka, $"the schema file {kafka.SchemaFile}", local.FullName);
    }

    /// <summary>A sensor's schema as one among others.</summary>
    public static LocalSchema Of(SensorSchema sensor)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        return new LocalSchema(sensor.Text, sensor.Type, sensor.FullName);
    }

    /// <exception cref="FormatException">The text is no Avro schema, or one without a name and subject.</exception>
    internal static LocalSchema Parse(string text, string? subject = null)
    {
        var type = AvroType.Parse(text);
        return new LocalSchema(text, type, type.Name?.Full ?? subject ?? throw new FormatException($"it is a {type.Kind}, which has no name"));
    }

    /// <exception cref="HopsKafkaException">The file cannot be read.</exception>
    internal static string ReadText(string path, string remedy)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException($"The schema file {path} cannot be read: {FileErrors.Why(path, e)}.", remedy, ExitCode.Usage, e);
        }
    }

    /// <returns>Null when the text is no Avro schema.</returns>
    internal static LocalSchema? TryParse(string text, string subject)
    {
        try
        {
            return Parse(text, subject);
        }
        catch (FormatException)
        {
            // The registry reports its errors.
            return null;
        }
    }

    internal static HopsKafkaException OtherName(KafkaOptions kafka, string source, string name) => new(
        $"[kafka] schema is {DisplayText.Of(kafka.Schema)}, but the record of {source} is called {name}.",
        $"The subject of the registry must be the record's full name: set [kafka] schema = '{name}', or set [kafka] schema_file to a schema of the right name.",
        ExitCode.Usage);
}
