using Confluent.SchemaRegistry;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Sensors;

namespace HopsKafka.SchemaRegistry;

/// <summary>Where the schema that sensor readings are written with comes from: a file, the tutorial, or the registry.</summary>
internal static class SensorSchemaSource
{
    /// <summary>The schema of <c>[kafka] schema_file</c>, or the tutorial's.</summary>
    /// <returns>The schema, whose full name is <c>[kafka] schema</c>.</returns>
    /// <exception cref="HopsKafkaException">
    /// The file cannot be read, is no schema that readings can be written with, or has another name.
    /// </exception>
    public static SensorSchema Load(KafkaOptions kafka)
    {
        ArgumentNullException.ThrowIfNull(kafka);
        var source = kafka.SchemaFile is null ? "the tutorial's schema" : $"the schema file {kafka.SchemaFile}";
        var schema = kafka.SchemaFile is null
            ? SensorSchema.Tutorial
            : SensorSchema.Parse(LocalSchema.ReadText(kafka.SchemaFile, "Correct [kafka] schema_file, or leave it out for the tutorial's schema."), source);
        return schema.FullName == kafka.Schema
            ? schema
            : throw LocalSchema.OtherName(kafka, source, schema.FullName);
    }

    /// <summary>Reads a registered schema to write with: what is wrong with it is no fault of the command line.</summary>
    /// <exception cref="HopsKafkaException">Readings cannot be written with it.</exception>
    public static SensorSchema ForWriting(RegisteredSchema registered)
    {
        ArgumentNullException.ThrowIfNull(registered);
        try
        {
            return SensorSchema.Read(registered.SchemaString);
        }
        catch (FormatException e)
        {
            throw new HopsKafkaException(
                $"Sensor readings cannot be written with the registered schema, {registered.Subject} version {registered.Version} "
                + $"(id {registered.Id}): {e.Message}.",
                "Its fields must be timestamp (long, timestamp-millis), id (string), value (double), and others with a default. "
                + "Register such a version, or do not use --use-registered.",
                innerException: e);
        }
    }
}
