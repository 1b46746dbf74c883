using Avro;
using HopsKafka.Serialization;

namespace HopsKafka.Sandbox;

/// <summary>The schema that the sandbox's topic starts with.</summary>
/// <param name="FullName">The record's full name, which is its subject.</param>
/// <param name="Text">The schema as it was written.</param>
/// <param name="File">Absolute path of the file it comes from; null for the tutorial's.</param>
internal sealed record SandboxSchema(string FullName, string Text, string? File)
{
    /// <summary>Reads a schema.</summary>
    /// <param name="path">Its file; null for the tutorial's schema.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be read or holds no named Avro schema.</exception>
    public static SandboxSchema Load(string? path)
    {
        if (path is null)
        {
            return new SandboxSchema(SensorSchema.Tutorial.FullName, SensorSchema.TutorialText, null);
        }

        try
        {
            var text = System.IO.File.ReadAllText(path).Trim();
            return Schema.Parse(text) is NamedSchema named
                ? new SandboxSchema(named.Fullname, text, Path.GetFullPath(path))
                : throw new SchemaParseException("it has no name, so it can be no subject");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or AvroException)
        {
            throw new HopsKafkaException(
                $"The schema {path} cannot be used: {e.Message.ReplaceLineEndings(" ")}", "Correct --schema.", ExitCode.Usage, e);
        }
    }
}
