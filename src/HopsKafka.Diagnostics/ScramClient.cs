using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>The client's two messages of a SCRAM exchange (RFC 5802), without channel binding.</summary>
/// <param name="security">Mechanism, user and password.</param>
/// <param name="nonce">Printable letters that were never used before, without a comma.</param>
internal sealed class ScramClient(SecurityOptions security, string nonce)
{
    // A server may not keep a probe busy for minutes.
    private const int MaxIterations = 1_000_000;
    private const string Header = "n,,";

    private readonly HashAlgorithmName _hash = security.Mechanism == "SCRAM-SHA-256" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
    private readonly string _bare = $"n={Escape(security.Username!.Reveal())},r={nonce}";

    /// <summary>User and nonce.</summary>
    public byte[] First => Encoding.UTF8.GetBytes(Header + _bare);

    /// <summary>The proof that the client knows the password.</summary>
    /// <param name="challenge">The server's answer to <see cref="First"/>.</param>
    /// <exception cref="IOException">The answer is not of SCRAM.</exception>
    public byte[] Final(byte[] challenge)
    {
        var first = Encoding.UTF8.GetString(challenge);
        var (nonce, salt, count) = Parse(first);
        var withoutProof = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(Header))},r={nonce}";
        var size = _hash == HashAlgorithmName.SHA256 ? SHA256.HashSizeInBytes : SHA512.HashSizeInBytes;
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(security.Password!.Reveal()), salt, count, _hash, size);
        var key = Sign(salted, "Client Key");
        var signature = Sign(CryptographicOperations.HashData(_hash, key), $"{_bare},{first},{withoutProof}");
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String([.. key.Zip(signature, (k, s) => (byte)(k ^ s))])}");
    }

    private static (string Nonce, byte[] Salt, int Count) Parse(string first)
    {
        try
        {
            var fields = first.Split(',').ToDictionary(field => field[..1], field => field[2..]);
            var count = int.Parse(fields["i"], NumberStyles.None, CultureInfo.InvariantCulture);
            return count is > 0 and <= MaxIterations
                ? (fields["r"], Convert.FromBase64String(fields["s"]), count)
                : throw new FormatException("the number of iterations is out of range");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or KeyNotFoundException)
        {
            throw new IOException("the response is not of SCRAM", e);
        }
    }

    private byte[] Sign(byte[] key, string text) => CryptographicOperations.HmacData(_hash, key, Encoding.UTF8.GetBytes(text));

    private static string Escape(string user) =>
        user.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
}
