using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.X509;

namespace HopsKafka.Certificates;

/// <summary>A key entry of a store.</summary>
/// <param name="Alias">Its name in lower case, as keytool compares it.</param>
/// <param name="Open">Decrypts the key.</param>
/// <param name="Certificates">Its certificate and what may be its chain, in any order.</param>
internal sealed record StoredKey(string Alias, Func<AsymmetricKeyParameter> Open, IReadOnlyList<X509Certificate> Certificates);
