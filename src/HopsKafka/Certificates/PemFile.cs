using System.Text;
using HopsKafka.Common;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>
/// One PEM file, with all that openssl may write around and into it: bag attributes, several certificates, an unencrypted
/// or encrypted PKCS#8 key, a traditional RSA or EC key with its own encryption.
/// </summary>
/// <param name="path">Path of the file, for messages.</param>
internal sealed class PemFile(string path, string text)
{
    private const int LongestLabel = 40;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="setting">The key of config.toml that names it, for messages.</param>
    /// <exception cref="HopsKafkaException">It is missing, a folder, or holds no PEM.</exception>
    public static PemFile Read(string path, string setting)
    {
        var bytes = StoreFile.Bytes(path, setting);
        var format = StoreFormatDetector.Of(bytes);
        return format switch
        {
            StoreFormat.Pem => new PemFile(path, Encoding.UTF8.GetString(bytes)),
            StoreFormat.Jks or StoreFormat.Pkcs12 => throw new HopsKafkaException(
                $"{path} ({setting}) {StoreFormatDetector.Describe(format)} and no PEM file.",
                $"Name it by {StoreSettings(setting)}, or convert it: hops-kafka certs.",
                ExitCode.Usage),
            _ => throw new HopsKafkaException(
                $"{path} ({setting}) {StoreFormatDetector.Describe(format)}; it holds no line that starts with '-----BEGIN'.",
                StoreFormatDetector.Remedy(format),
                ExitCode.Usage),
        };
    }

    /// <summary>All certificates, in the order of the file.</summary>
    /// <param name="setting">The key of config.toml that names the file, for messages.</param>
    /// <returns>At least one certificate.</returns>
    public IReadOnlyList<X509Certificate> Certificates(string setting)
    {
        var certificates = PemBlocks("CERTIFICATE").Select(ParseCertificate).ToList();
        return certificates.Count > 0
            ? certificates
            : throw new HopsKafkaException($"{path} ({setting}) holds no certificate.", "Use keyStore.pem or trustStore.pem of the export.", ExitCode.Usage);
    }

    /// <summary>The private key.</summary>
    /// <param name="password">Its password; null when none is given.</param>
    /// <param name="names">What messages call the settings.</param>
    /// <returns>The first private key of the file.</returns>
    public PrivateKeyInfo PrivateKey(Secret? password, SettingNames names)
    {
        var block = PemBlocks("PRIVATE KEY").FirstOrDefault()
            ?? throw new HopsKafkaException(
                $"{path} ({names.KeyFile}) holds no private key.",
                "Use keyStore.pem, or the file that holds the key of the exported keystore.",
                ExitCode.Usage);
        var encrypted = block.Contains("ENCRYPTED", StringComparison.Ordinal);
        if (encrypted && password is null)
        {
            throw new HopsKafkaException(
                $"The private key in {path} is encrypted and no password is given.",
                $"Set {names.SetKeyPassword}.",
                ExitCode.Usage);
        }

        return Decrypt(block, password, names, encrypted);
    }

    /// <summary>The file in place of a key store or trust store.</summary>
    /// <param name="source">The passwords; the key's is the store's when it has none of its own.</param>
    /// <returns>All its certificates, and its key if there is one.</returns>
    public StoreContent AsStore(StoreSource source)
    {
        var certificates = PemBlocks("CERTIFICATE").Select(ParseCertificate).ToList();
        var hasKey = PemBlocks("PRIVATE KEY").Any();
        var key = new StoredKey(source.Alias?.ToLowerInvariant() ?? "1", () => PrivateKey(source.KeyPassword ?? source.Password, source.Names), certificates);
        return new StoreContent(hasKey ? [key] : [], certificates, []);
    }

    private static string StoreSettings(string setting) =>
        setting == SettingNames.ConfigFile.CaFile ? "truststore, with store_password_file"
        : setting == SettingNames.Options.CaFile ? "TrustStore, with StorePasswordFile"
        : setting == SettingNames.Options.CertificateFile || setting == SettingNames.Options.KeyFile ? "KeyStore, with StorePasswordFile"
        : "keystore, with store_password_file";

    private X509Certificate ParseCertificate(string block)
    {
        try
        {
            using var reader = new PemReader(new StringReader(block));
            return (X509Certificate)reader.ReadObject();
        }
        catch (Exception e) when (CryptoErrors.Is(e))
        {
            throw new HopsKafkaException($"A certificate in {path} is damaged: {CryptoErrors.OneLine(e)}.", CryptoErrors.Again, ExitCode.Usage, e);
        }
    }

    private PrivateKeyInfo Decrypt(string block, Secret? password, SettingNames names, bool encrypted)
    {
        Exception? failure = null;
        foreach (var characters in SpellingsOf(password))
        {
            try
            {
                return ReadPrivateKey(block, characters);
            }
            catch (Exception e) when (CryptoErrors.Is(e))
            {
                failure = e;
            }
        }

        throw encrypted
            ? new HopsKafkaException(
                $"The password of the private key in {path} is wrong, or the key is damaged or encrypted in a way that is not supported.",
                $"Correct {names.KeyPassword}: it is the pass phrase given when keyStore.pem was written. If it is right, encrypt the "
                + "key again: openssl pkcs8 -topk8 -v2 aes-256-cbc.",
                ExitCode.Usage,
                failure)
            : new HopsKafkaException(
                $"The private key in {path} is damaged: {CryptoErrors.OneLine(failure!)}.", CryptoErrors.Again, ExitCode.Usage, failure);
    }

    private static PrivateKeyInfo ReadPrivateKey(string block, char[] password)
    {
        using var blocks = new Org.BouncyCastle.Utilities.IO.Pem.PemReader(new StringReader(block));
        switch (blocks.ReadPemObject())
        {
            case { Type: "ENCRYPTED PRIVATE KEY", Content: var content }:
                var encrypted = EncryptedPrivateKeyInfo.GetInstance(content);
                new Pkcs12Protection("").Claim(encrypted.EncryptionAlgorithm.Parameters);
                return PrivateKeys.Checked(PrivateKeyInfoFactory.CreatePrivateKeyInfo(password, encrypted));
            case { Type: "PRIVATE KEY", Content: var content }:
                return PrivateKeys.Checked(PrivateKeyInfo.GetInstance(content));
        }

        using var reader = new PemReader(new StringReader(block), new Password(password));
        return reader.ReadObject() switch
        {
            AsymmetricCipherKeyPair pair => PrivateKeyInfoFactory.CreatePrivateKeyInfo(pair.Private),
            AsymmetricKeyParameter { IsPrivate: true } key => PrivateKeyInfoFactory.CreatePrivateKeyInfo(key),
            _ => throw new PemException("not a private key"),
        };
    }

    // PKCS#5 takes the low byte of each character, where openssl takes UTF-8; PKCS#12 takes the characters themselves.
    private static IEnumerable<char[]> SpellingsOf(Secret? password)
    {
        var text = password?.Reveal() ?? "";
        yield return text.ToCharArray();
        if (!Ascii.IsValid(text))
        {
            yield return Encoding.Latin1.GetChars(Encoding.UTF8.GetBytes(text));
        }
    }

    // Of a damaged file the label may be all up to the next line of dashes, and so the key itself.
    private HopsKafkaException CutOff(string label) => new(
        label.Length <= LongestLabel && label.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == ' ')
            ? $"{path} is cut off: '-----BEGIN {label}-----' has no '-----END {label}-----'."
            : $"{path} is damaged: a line that starts with '-----BEGIN' does not end with '-----'.",
        CryptoErrors.Again,
        ExitCode.Usage);

    private IEnumerable<string> PemBlocks(string kind)
    {
        var at = 0;
        while ((at = text.IndexOf("-----BEGIN ", at, StringComparison.Ordinal)) >= 0)
        {
            var label = text[(at + 11)..].Split("-----", 2)[0];
            var end = text.IndexOf($"-----END {label}-----", at, StringComparison.Ordinal);
            if (end < 0)
            {
                throw CutOff(label);
            }

            end += $"-----END {label}-----".Length;
            if (label.EndsWith(kind, StringComparison.Ordinal))
            {
                yield return text[at..end] + "\n";
            }

            at = end;
        }
    }

    private sealed class Password(char[] characters) : IPasswordFinder
    {
        public char[] GetPassword() => characters;
    }
}
