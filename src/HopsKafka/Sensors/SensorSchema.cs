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
        """{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},"""
        + """{"name":"id","type":"string"},{"name":"value","type":"double"}]}""";

    internal const string Millis = "timestamp-millis";

    private SensorSchema(string text, AvroType type, SensorPart[] parts) => (Text, Type, Parts) = (text, type, parts);

    /// <summary>The tutorial's schema.</summary>
    public static SensorSchema Tutorial { get; } = Parse(TutorialText);

    /// <summary>The text as the user wrote it, without surrounding white space: the registry compares texts.</summary>
    public string Text { get; }

    /// <summary>The full name of the record, which is its subject (record-name strategy).</summary>
    public string FullName => Type.Name!.Full;

    internal AvroType Type { get; }

    internal SensorPart[] Parts { get; }

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
        var type = AvroType.Parse(text);
        return !type.IsRecord ? throw new FormatException($"it is a {type.Kind}, not a record")
            : OtherUnit(type) is { } other ? throw new FormatException($"its timestamp is {DisplayText.Of(other)}, not {Millis}")
            : new SensorSchema(text.Trim(), type, SensorLayout.Of(type));
    }

    /// <summary>What the timestamp counts in place of milliseconds of UTC; null for nothing. Written with another unit, the same bytes would be another date.</summary>
    internal static string? OtherUnit(AvroType record) =>
        record.Fields.FirstOrDefault(field => field.Name == "timestamp")?.Type.LogicalNames.FirstOrDefault(name => name != Millis);
}

/// <summary>One event of the tutorial's Avro record <c>sensor</c>.</summary>
/// <param name="Timestamp">When it was read: milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Id">The sensor's id.</param>
/// <param name="Value">The value read, in the sensor's unit.</param>
public readonly record struct SensorReading(long Timestamp, string Id, double Value);
