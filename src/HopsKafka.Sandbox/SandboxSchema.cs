using HopsKafka.Common;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;

namespace HopsKafka.Sandbox;

/// <summary>The schema that the sandbox's topic starts with.</summary>
/// <param name="FullName">The record's full name, which is its subject.</param>
/// <param name="Text">The schema as it was written.</param>
/// <param name="File">Absolute path of the file it comes from; null for the tutorial's.</param>
internal sealed record SandboxSchema(string FullName, string Text, string? File)
{
    /// <summary>Reads a schema.</summary>
    /// <param name="path">Its file; null for the tutorial's schema.</param>
    /// <exception cref="HopsKafkaException">The file cannot be read or holds no named Avro schema.</exception>
    public static SandboxSchema Load(string? path)
    {
        if (path is null)
        {
            return new SandboxSchema(SensorSchema.Tutorial.FullName, SensorSchema.TutorialText, null);
        }

        var schema = LocalSchema.ReadFile(path, "--schema");
        return new SandboxSchema(schema.FullName, schema.Text, Path.GetFullPath(path));
    }

    /// <exception cref="HopsKafkaException">The text is no Avro schema, or has no name.</exception>
    public static string NameOf(string schema)
    {
        try
        {
            return LocalSchema.Parse(schema).FullName;
        }
        catch (FormatException e)
        {
            throw new HopsKafkaException($"The schema cannot be registered under its name: {e.Message}.", "Correct it, or name a subject.", ExitCode.Usage, e);
        }
    }
}
