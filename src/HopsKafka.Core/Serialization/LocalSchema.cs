using Avro;
using HopsKafka.Configuration;
using HopsKafka.Registry;

namespace HopsKafka.Serialization;

/// <summary>An Avro schema of this machine that has a name, and so a subject; a sensor's or any other.</summary>
public sealed class LocalSchema
{
    private LocalSchema(string text, AvroText avro, string fullName)
    {
        Text = text;
        Avro = avro;
        FullName = fullName;
    }

    /// <summary>The text as the user wrote it, without surrounding white space: the registry compares texts.</summary>
    public string Text { get; }

    /// <summary>The full name, which is its subject (record-name strategy).</summary>
    public string FullName { get; }

    internal AvroText Avro { get; }

    /// <summary>Reads the schema of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setting">The option or key that names it, for messages.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be read, or holds no Avro schema with a name.</exception>
    public static LocalSchema ReadFile(string path, string setting)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            var why = e is FormatException ? $"cannot be used: {e.Message}." : $"cannot be read: {FileErrors.Why(path, e)}.";
            throw new HopsKafkaException(
                $"The schema file {path} {why}", $"Correct {setting}: it names a file with an Avro schema that has a name.", ExitCode.Usage, e);
        }
    }

    /// <summary>The schema of <c>[kafka] schema_file</c>, or the tutorial's, whatever its name.</summary>
    /// <param name="kafka">The configuration.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be read, or holds no Avro schema with a name.</exception>
    public static LocalSchema Load(KafkaOptions kafka)
    {
        ArgumentNullException.ThrowIfNull(kafka);
        return kafka.SchemaFile is null ? Of(SensorSchema.Tutorial) : ReadFile(kafka.SchemaFile, "[kafka] schema_file");
    }

    /// <summary>A sensor's schema as one among others.</summary>
    /// <param name="sensor">The schema.</param>
    /// <returns>The same schema.</returns>
    public static LocalSchema Of(SensorSchema sensor)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        return new LocalSchema(sensor.Text, sensor.Avro, sensor.FullName);
    }

    /// <exception cref="FormatException">The text is no Avro schema with a name.</exception>
    internal static LocalSchema Parse(string text)
    {
        var avro = AvroText.Parse(text);
        return avro.Plain is NamedSchema named
            ? new LocalSchema(text.Trim(), avro, named.Fullname)
            : throw new FormatException($"it is a {avro.Plain.Name}, which has no name");
    }
}
