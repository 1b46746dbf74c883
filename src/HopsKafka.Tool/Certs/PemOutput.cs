using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Tool.Certs;

/// <summary>Writes files that only the user may read, whole or not at all.</summary>
/// <param name="folder">Where to; it is made if it is not there.</param>
/// <param name="overwrite">Whether a file may be there already.</param>
internal sealed class PemOutput(string folder, bool overwrite)
{
    /// <summary>Checks that the files may be written.</summary>
    /// <exception cref="HopsKafkaException">One is there already.</exception>
    public void Check(params string[] names)
    {
        if (!overwrite && names.Select(PathOf).FirstOrDefault(Path.Exists) is { } existing)
        {
            throw new HopsKafkaException(
                $"{existing} exists already and was not changed.", "Use --force to overwrite it, or another --out.", ExitCode.Usage);
        }
    }

    /// <summary>Writes a file with mode 0600.</summary>
    /// <exception cref="HopsKafkaException">It cannot be written.</exception>
    public void Write(string name, string text)
    {
        try
        {
            OwnerOnly.MakeFolder(folder);
            using var draft = new DraftFile(PathOf(name), OwnerOnly.NewFile());
            draft.Stream.Write(Encoding.ASCII.GetBytes(text));
            draft.Publish(overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException($"{PathOf(name)} cannot be written: {e.Message}", "Name another folder with --out.", ExitCode.Failed, e);
        }
    }

    /// <summary>Path of a file, as the user would type it.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);
}
