using HopsKafka.Common;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace HopsKafka.Certificates;

/// <summary>BouncyCastle reports damaged input by whichever exception its parsers run into.</summary>
internal static class CryptoErrors
{
    /// <summary>What to do about a damaged file.</summary>
    public const string Again = "Export the project's certificates from Hopsworks again, or copy the file again, in binary mode.";

    /// <summary>True for what damaged input or a wrong password raises.</summary>
    public static bool Is(Exception e) => e is IOException or CryptoException or GeneralSecurityException or ArgumentException
        or FormatException or InvalidCastException or InvalidOperationException or IndexOutOfRangeException or NotSupportedException
        or SecurityUtilityException or ArithmeticException or NullReferenceException or NotImplementedException;

    /// <summary>Reads a part of a certificate, which BouncyCastle parses lazily.</summary>
    /// <exception cref="HopsKafkaException">A part of one is damaged.</exception>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (Is(e))
        {
            throw new HopsKafkaException($"A certificate in {path} is damaged: {OneLine(e)}.", Again, ExitCode.Usage, e);
        }
    }

    /// <summary>The exception's message as one line, without a full stop.</summary>
    public static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
