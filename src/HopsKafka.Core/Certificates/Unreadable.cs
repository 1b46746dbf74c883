using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace HopsKafka.Certificates;

/// <summary>BouncyCastle reports damaged input by whichever exception its parsers run into.</summary>
internal static class Unreadable
{
    /// <summary>True for what damaged input or a wrong password raises.</summary>
    public static bool Is(Exception e) => e is IOException or CryptoException or GeneralSecurityException or ArgumentException
        or FormatException or InvalidCastException or InvalidOperationException or IndexOutOfRangeException or NotSupportedException
        or SecurityUtilityException or ArithmeticException or NullReferenceException;

    /// <summary>The exception's message as one line, without a full stop.</summary>
    public static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
