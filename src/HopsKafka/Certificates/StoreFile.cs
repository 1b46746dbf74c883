using HopsKafka.Common;

namespace HopsKafka.Certificates;

/// <summary>Reads files that hold certificates and keys.</summary>
internal static class StoreFile
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="setting">What names it, for messages.</param>
    /// <param name="remedy">What to do when it cannot be read; null for a file of certificates.</param>
    /// <exception cref="HopsKafkaException">It is missing, a folder, or cannot be read.</exception>
    public static byte[] Bytes(string path, string setting, string? remedy = null)
    {
        var mend = remedy ?? $"Put the project's certificates there, or correct {setting}.";
        SecretFile.RefuseMissing(path, setting, mend, isSecret: false);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException(
                $"{path} ({setting}) cannot be read: {FileErrors.Why(path, e)}.",
                mend,
                ExitCode.Usage,
                e);
        }
    }

    /// <summary>Opens a store of any form.</summary>
    /// <param name="source">The store. A PEM file in its place is taken as one.</param>
    /// <exception cref="HopsKafkaException">It cannot be read or opened.</exception>
    public static StoreContent Open(StoreSource source)
    {
        var bytes = Bytes(source.Path, source.Setting);
        var format = StoreFormatDetector.Of(bytes);
        return format switch
        {
            StoreFormat.Jks => new JksReader(source, bytes).Read(),
            StoreFormat.Pkcs12 => new Pkcs12Reader(source, bytes).Read(),
            StoreFormat.Pem => new PemFile(source.Path, System.Text.Encoding.UTF8.GetString(bytes)).AsStore(source),
            _ => throw source.Refuse(StoreFormatDetector.Describe(format), StoreFormatDetector.Remedy(format)),
        };
    }
}
