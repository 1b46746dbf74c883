using HopsKafka.Common;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>
/// Opens a PKCS#12 store (RFC 7292). It walks the bags itself: BouncyCastle's own store gives no access to certificates without a
/// name, and keeps one of several that share a name or a key, so trust stores written by openssl would lose CAs.
/// </summary>
/// <param name="source">Where it is from.</param>
internal sealed class Pkcs12Reader(StoreSource source, byte[] bytes)
{
    private readonly Pkcs12Protection _protection = new(source.Password?.Reveal() ?? "");
    private readonly List<(string Alias, Func<PrivateKeyInfo> Open)> _keys = [];
    private readonly List<X509Certificate> _certificates = [];
    private readonly List<string> _names = [];
    private int _unnamed;

    /// <summary>Checks and opens it.</summary>
    /// <exception cref="HopsKafkaException">It is damaged, or the password is missing or wrong.</exception>
    public StoreContent Read()
    {
        if (!IsWhole())
        {
            throw source.Truncated();
        }

        try
        {
            var (safes, verified) = Open(Pfx.GetInstance(Asn1Object.FromByteArray(bytes)));
            ReadSafes(safes, verified);
        }
        catch (Exception e) when (CryptoErrors.Is(e))
        {
            throw source.Damaged(e);
        }

        return new StoreContent([.. _keys.Select(key => new StoredKey(key.Alias, key.Open, _certificates))], _certificates, _names);
    }

    private (ContentInfo[] Safes, bool Verified) Open(Pfx store)
    {
        if (!store.AuthSafe.ContentType.Equals(PkcsObjectIdentifiers.Data))
        {
            throw source.Refuse("is signed with a public key, which these tools do not read", "Create it again with openssl or keytool.");
        }

        if (store.MacData?.Mac.DigestAlgorithm.Algorithm.Id == "1.2.840.113549.1.5.14")
        {
            throw source.Refuse(
                "is sealed with PBMAC1, which these tools do not read", "Create it again with openssl, without -pbmac1_pbkdf2.");
        }

        var content = Asn1OctetString.GetInstance(store.AuthSafe.Content).GetOctets();
        return (AuthenticatedSafe.GetInstance(content).GetContentInfo(), _protection.Verifies(store.MacData, content));
    }

    private void ReadSafes(ContentInfo[] safes, bool verified)
    {
        if (!verified)
        {
            throw OpensAnything(safes) ? source.Altered() : WrongPassword();
        }

        foreach (var safe in safes)
        {
            foreach (var bag in BagsOf(safe))
            {
                ReadBag(SafeBag.GetInstance(bag));
            }
        }
    }

    private Asn1Sequence BagsOf(ContentInfo safe)
    {
        if (safe.ContentType.Equals(PkcsObjectIdentifiers.Data))
        {
            return Asn1Sequence.GetInstance(Asn1OctetString.GetInstance(safe.Content).GetOctets());
        }

        if (!safe.ContentType.Equals(PkcsObjectIdentifiers.EncryptedData))
        {
            throw source.Refuse("holds a part encrypted with a public key, which these tools do not read");
        }

        try
        {
            return _protection.Decrypt(EncryptedData.GetInstance(safe.Content));
        }
        catch (Exception e) when (CryptoErrors.Is(e))
        {
            // Reached only by stores without a MAC.
            throw WrongPassword(e);
        }
    }

    private void ReadBag(SafeBag bag)
    {
        if (bag.BagID.Equals(PkcsObjectIdentifiers.CertBag))
        {
            var certificate = CertBag.GetInstance(bag.BagValueEncodable);
            _certificates.Add(new X509Certificate(Asn1OctetString.GetInstance(certificate.CertValueEncodable).GetOctets()));
            if (FriendlyName(bag) is { } name)
            {
                _names.Add(name);
            }
        }
        else if (bag.BagID.Equals(PkcsObjectIdentifiers.Pkcs8ShroudedKeyBag))
        {
            var key = EncryptedPrivateKeyInfo.GetInstance(bag.BagValueEncodable);
            var alias = AliasOf(bag);
            _keys.Add((alias, () => source.OpenKey(alias, password => new Pkcs12Protection(password.Reveal()).Decrypt(key))));
        }
        else if (bag.BagID.Equals(PkcsObjectIdentifiers.KeyBag))
        {
            var key = PrivateKeyInfo.GetInstance(bag.BagValueEncodable);
            _keys.Add((AliasOf(bag), () => OpenPlain(key)));
        }
    }

    private PrivateKeyInfo OpenPlain(PrivateKeyInfo key)
    {
        try
        {
            return PrivateKeys.Checked(key);
        }
        catch (Exception e) when (CryptoErrors.Is(e))
        {
            throw source.Damaged(e);
        }
    }

    // keytool numbers keys without a name.
    private string AliasOf(SafeBag bag) => (FriendlyName(bag) ?? $"{++_unnamed}").ToLowerInvariant();

    private static string? FriendlyName(SafeBag bag) => bag.BagAttributes?
        .Select(attribute => Asn1Sequence.GetInstance(attribute))
        .Where(attribute => attribute[0].Equals(PkcsObjectIdentifiers.Pkcs9AtFriendlyName))
        .Select(attribute => (Asn1Set.GetInstance(attribute[1])[0] as IAsn1String)?.GetString())
        .FirstOrDefault();

    private HopsKafkaException WrongPassword(Exception? inner = null) =>
        source.Password is null ? source.NeedsPassword() : source.WrongPassword(inner);

    // With a wrong password nothing decrypts to a well-formed part; with the right one, all but the altered part does.
    private bool OpensAnything(ContentInfo[] safes) => safes.Any(safe =>
    {
        try
        {
            var bags = BagsOf(safe);
            return safe.ContentType.Equals(PkcsObjectIdentifiers.EncryptedData)
                ? bags.Select(SafeBag.GetInstance).Any()
                : bags.Select(SafeBag.GetInstance).Where(bag => bag.BagID.Equals(PkcsObjectIdentifiers.Pkcs8ShroudedKeyBag))
                    .Any(bag => _protection.Decrypt(EncryptedPrivateKeyInfo.GetInstance(bag.BagValueEncodable)) is not null);
        }
        catch (Exception e) when (CryptoErrors.Is(e) || e is HopsKafkaException)
        {
            return false;
        }
    });

    // What the outermost length says against what is there; BER of indefinite length is left to the parser.
    private bool IsWhole()
    {
        var count = bytes[1] & 0x7F;
        if (count == 0)
        {
            return true;
        }

        var length = bytes.AsSpan(2, Math.Min(count, bytes.Length - 2)).ToArray().Aggregate(0L, (sum, b) => (sum << 8) | b);
        return bytes.Length >= 2 + count + length;
    }
}
