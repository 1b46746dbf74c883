using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>A key store that was opened: the password is right and the content whole. Keys are decrypted on request.</summary>
/// <param name="Keys">The key entries, in the order of the file.</param>
/// <param name="Certificates">The trusted certificates, which belong to no key.</param>
/// <param name="CertificateAliases">The names of those, as far as they have any.</param>
internal sealed record StoreContent(
    IReadOnlyList<StoredKey> Keys, IReadOnlyList<X509Certificate> Certificates, IReadOnlyList<string> CertificateAliases);

/// <summary>A key entry of a store.</summary>
/// <param name="Alias">Its name in lower case, as keytool compares it.</param>
/// <param name="Certificates">Its certificate and what may be its chain, in any order.</param>
internal sealed record StoredKey(string Alias, Func<PrivateKeyInfo> Open, IReadOnlyList<X509Certificate> Certificates);
