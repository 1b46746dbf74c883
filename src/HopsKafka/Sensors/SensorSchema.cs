using Avro;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Sensors;

/// <summary>
/// A local Avro schema that sensor readings can be written with: a record with <c>timestamp</c> (long, milliseconds since
/// 1970 UTC), <c>id</c> (string) and <c>value</c> (double) in any order. Each further field needs a default, which is written.
/// </summary>
internal sealed class SensorSchema
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
            return Read(text);
        }
        catch (FormatException e)
        {
            throw new HopsKafkaException(
                $"Sensor readings cannot be written with {source}: {e.Message}.",
                "It must be an Avro record with timestamp (long, timestamp-millis), id (string) and value (double); "
                + "every other field needs a default.",
                ExitCode.Usage,
                e);
        }
    }

    /// <summary>Reads a schema.</summary>
    /// <exception cref="FormatException">It is no Avro schema, or none that readings can be written with.</exception>
    internal static SensorSchema Read(string text)
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
}
