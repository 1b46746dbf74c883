using Avro;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Sensors;

/// <summary>
/// A local Avro schema that sensor readings can be written with: a record with <c>timestamp</c> (long, milliseconds since
/// 1970 UTC), <c>id</c> (string) and <c>value</c> (double) in any order. Each further field needs a default, which is written.
/// </summary>
public sealed class SensorSchema
{
    /// <summary>The schema of the tutorial's scripts, with the logical type nested in the type of the field.</summary>
    public const string TutorialText =
        """{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""";

    internal const string Millis = "timestamp-millis";

    private SensorSchema(string text, AvroSchemaText avro, RecordSchema record, SensorLayout layout)
    {
        Text = text;
        Avro = avro;
        FullName = record.Fullname;
        Layout = layout;
    }

    /// <summary>The tutorial's schema.</summary>
    public static SensorSchema Tutorial { get; } = Parse(TutorialText);

    /// <summary>The text as the user wrote it, without surrounding white space: the registry compares texts.</summary>
    public string Text { get; }

    /// <summary>The full name of the record, which is its subject (record-name strategy).</summary>
    public string FullName { get; }

    internal AvroSchemaText Avro { get; }

    internal SensorLayout Layout { get; }

    /// <summary>The schema of <c>[kafka] schema_file</c>, or the tutorial's.</summary>
    /// <param name="kafka">The configuration.</param>
    /// <returns>The schema, whose full name is <c>[kafka] schema</c>.</returns>
    /// <exception cref="HopsKafkaException">
    /// The file cannot be read, is no schema that readings can be written with, or has another name.
    /// </exception>
    public static SensorSchema Load(KafkaOptions kafka)
    {
        ArgumentNullException.ThrowIfNull(kafka);
        var source = kafka.SchemaFile is null ? "the tutorial's schema" : $"the schema file {kafka.SchemaFile}";
        var schema = kafka.SchemaFile is null ? Tutorial : Parse(ReadFile(kafka.SchemaFile), source);
        return schema.FullName == kafka.Schema
            ? schema
            : throw LocalSchema.OtherName(kafka, source, schema.FullName);
    }

    /// <summary>Reads a schema.</summary>
    /// <param name="text">The schema as JSON.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="HopsKafkaException">It is no Avro schema, or none that readings can be written with.</exception>
    public static SensorSchema Parse(string text, string source = "the schema")
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return Parse(text);
        }
        catch (FormatException e)
        {
            throw new HopsKafkaException(
                $"Sensor readings cannot be written with {source}: {e.Message}.",
                "It must be an Avro record with timestamp (long, timestamp-millis), id (string) and value (double); "
                + "every other field needs a default.",
                HopsKafka.Common.ExitCode.Usage,
                e);
        }
    }

    /// <summary>Reads a registered schema to write with: what is wrong with it is no fault of the command line.</summary>
    /// <param name="registered">The registered schema.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="HopsKafkaException">Readings cannot be written with it.</exception>
    public static SensorSchema ForWriting(RegisteredSchema registered)
    {
        ArgumentNullException.ThrowIfNull(registered);
        try
        {
            return Parse(registered.SchemaString);
        }
        catch (FormatException e)
        {
            throw new HopsKafkaException(
                $"Sensor readings cannot be written with the registered schema, {registered.Subject} version {registered.Version} "
                + $"(id {registered.Id}): {e.Message}.",
                "Its fields must be timestamp (long, timestamp-millis), id (string), value (double), and others with a default. "
                + "Register such a version, or go on without --use-registered.",
                innerException: e);
        }
    }

    private static SensorSchema Parse(string text)
    {
        var avro = AvroSchemaText.Parse(text);
        var record = avro.Plain as RecordSchema ?? throw new FormatException($"it is a {avro.Plain.Name}, not a record");
        CheckMillis(avro);
        return new SensorSchema(text.Trim(), avro, record, SensorLayout.Of(record, text));
    }

    /// <summary>Micros and millis have the same bytes: written with the wrong one, all dates would be wrong.</summary>
    /// <exception cref="FormatException">The timestamp counts something else than milliseconds of UTC.</exception>
    internal static void CheckMillis(AvroSchemaText avro)
    {
        if (avro.LogicalTypesOf("timestamp").FirstOrDefault(t => t != Millis) is { } other)
        {
            throw new FormatException($"its timestamp is {DisplayText.Of(other)}, not {Millis}");
        }
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException(
                $"The schema file {file} cannot be read: {FileErrors.Why(file, e)}.",
                "Correct [kafka] schema_file, or leave it out for the tutorial's schema.",
                HopsKafka.Common.ExitCode.Usage,
                e);
        }
    }
}
