using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace HopsKafka.Certificates;

/// <summary>
/// The password of a PKCS#12 store: its MAC and its ciphers (RC2-40, 3DES and PBES2), in managed code, so that no provider of the
/// system's OpenSSL can be missing.
/// </summary>
/// <param name="password">The password; empty for none.</param>
internal sealed class Pkcs12Protection(string password)
{
    // Writers use up to a million for each of the MAC, two safes and a key. A damaged count would keep the processor busy for hours, and
    // so would many parts with a count each: this is for all of them.
    private const int MostIterations = 6_000_000;

    private int _iterations;

    /// <summary>True when the MAC fits, and so the password is right and the content whole.</summary>
    /// <param name="mac">The MAC; null when the store has none.</param>
    /// <param name="content">What it covers.</param>
    public bool Verifies(MacData? mac, byte[] content) =>
        mac is null || Fits(mac, content, zeroBytes: false) || (password.Length == 0 && Fits(mac, content, zeroBytes: true));

    /// <summary>Decrypts the content of a safe.</summary>
    public Asn1Sequence Decrypt(EncryptedData data) => WithEachSpelling((spelling, zeroBytes) =>
    {
        Claim(data.EncryptionAlgorithm.Parameters);
        var cipher = (IBufferedCipher)PbeUtilities.CreateEngine(data.EncryptionAlgorithm);
        cipher.Init(false, PbeUtilities.GenerateCipherParameters(data.EncryptionAlgorithm, spelling, zeroBytes));
        return Asn1Sequence.GetInstance(cipher.DoFinal(data.Content.GetOctets()));
    });

    /// <summary>Decrypts a key.</summary>
    public PrivateKeyInfo Decrypt(EncryptedPrivateKeyInfo key) => WithEachSpelling((spelling, zeroBytes) =>
    {
        Claim(key.EncryptionAlgorithm.Parameters);
        return PrivateKeys.Checked(PrivateKeyInfoFactory.CreatePrivateKeyInfo(spelling, zeroBytes, key));
    });

    /// <summary>Counts iterations before they are done.</summary>
    /// <param name="parameters">A cipher's: the numbers among them are its iteration count and its key length.</param>
    /// <exception cref="IOException">They would take too long.</exception>
    public void Claim(Asn1Encodable? parameters)
    {
        switch (parameters?.ToAsn1Object())
        {
            case Asn1Sequence parts:
                foreach (var part in parts)
                {
                    Claim(part);
                }

                break;
            case DerInteger number when number.Value.BitLength > 30 || number.IntValueExact > MostIterations - _iterations:
                throw new IOException("an iteration count is beyond reason");
            case DerInteger number:
                _iterations += Math.Max(0, number.IntValueExact);
                break;
        }
    }

    private bool Fits(MacData mac, byte[] content, bool zeroBytes)
    {
        Claim(mac.Iterations);
        var digest = DigestUtilities.GetDigest(mac.Mac.DigestAlgorithm.Algorithm);
        var generator = new Pkcs12ParametersGenerator(digest);
        generator.Init(
            PbeParametersGenerator.Pkcs12PasswordToBytes(password.ToCharArray(), zeroBytes), mac.MacSalt.GetOctets(), mac.Iterations.IntValueExact);
        var code = new HMac(digest);
        code.Init(generator.GenerateDerivedMacParameters(digest.GetDigestSize() * 8));
        var computed = MacUtilities.DoFinal(code, content);
        return CryptographicOperations.FixedTimeEquals(computed, mac.Mac.Digest.GetOctets());
    }

    // PBES2 takes the low byte of each character, where openssl and Java take UTF-8; the older schemes take the characters
    // themselves. An empty password may be no bytes or two zero bytes.
    private T WithEachSpelling<T>(Func<char[], bool, T> decrypt)
    {
        (char[] Spelling, bool ZeroBytes)[] others = password.Length == 0 ? [([], true)]
            : Ascii.IsValid(password) ? []
            : [(Encoding.Latin1.GetChars(Encoding.UTF8.GetBytes(password)), false)];
        foreach (var (spelling, zeroBytes) in others)
        {
            try
            {
                return decrypt(spelling, zeroBytes);
            }
            catch (Exception e) when (CryptoErrors.Is(e))
            {
                // Not with this encoding: the plain one is tried last, and its failure is thrown.
                continue;
            }
        }

        return decrypt(password.ToCharArray(), false);
    }
}
