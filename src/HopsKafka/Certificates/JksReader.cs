using HopsKafka.Common;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace HopsKafka.Certificates;

/// <summary>Opens a true JKS store, the format of a Hopsworks export.</summary>
/// <param name="source">Where it is from.</param>
internal sealed class JksReader(StoreSource source, byte[] bytes)
{
    private readonly JksStore _store = new();

    /// <summary>Checks and opens it.</summary>
    /// <exception cref="HopsKafkaException">It is damaged, or the password is missing or wrong.</exception>
    public StoreContent Read()
    {
        if (!JksStructure.IsWhole(bytes))
        {
            throw source.Truncated();
        }

        var password = source.Password ?? throw source.NeedsPassword();
        Load(password);
        var aliases = _store.Aliases.ToList();
        var trusted = aliases.Where(_store.IsCertificateEntry).ToList();
        return new StoreContent(
            [.. aliases.Where(_store.IsKeyEntry).Select(Key)], [.. trusted.Select(_store.GetCertificate)], trusted);
    }

    private StoredKey Key(string alias) =>
        new(alias.ToLowerInvariant(), () => Open(alias), _store.GetCertificateChain(alias) ?? []);

    private void Load(Secret password)
    {
        try
        {
            _store.Load(new MemoryStream(bytes), password.Reveal());
            return;
        }
        catch (Exception e) when (CryptoErrors.Is(e) && !IsDigestWrong(e))
        {
            throw source.Damaged(e);
        }
        catch (IOException)
        {
            // The digest does not match: the key's own checksum below shows which of the two is the cause.
        }

        throw OpensAKey(password) ? source.Altered() : source.WrongPassword();
    }

    // The one failure that BouncyCastle raises before it looks into the store.
    private static bool IsDigestWrong(Exception e) => e is IOException && e.Message.Contains("password", StringComparison.Ordinal);

    private bool OpensAKey(Secret password)
    {
        try
        {
            _store.LoadUnchecked(new MemoryStream(bytes));
            return _store.Aliases.Where(_store.IsKeyEntry).Any(alias => _store.GetKey(alias, password.Reveal()) is not null);
        }
        catch (Exception e) when (CryptoErrors.Is(e))
        {
            return false;
        }
    }

    private PrivateKeyInfo Open(string alias) =>
        source.OpenKey(alias, password => PrivateKeyInfoFactory.CreatePrivateKeyInfo(_store.GetKey(alias, password.Reveal())));
}
