namespace HopsKafka.Tool.Certs;

/// <summary>What <c>hops-kafka certs</c> is asked to do.</summary>
/// <param name="KeyStore">The key store to read.</param>
/// <param name="TrustStore">The trust store to read.</param>
/// <param name="OutputFolder">Where keyStore.pem and trustStore.pem go.</param>
/// <param name="StorePasswordFile">The file with the stores' password; null looks elsewhere.</param>
/// <param name="KeyAlias">The key to take; null takes the only one.</param>
/// <param name="KeyPasswordFile">The file with the password for the key in keyStore.pem; null looks elsewhere.</param>
/// <param name="AskKeyPassword">Ask for that password.</param>
/// <param name="Force">Overwrite.</param>
internal sealed record CertsRequest(
    string KeyStore,
    string TrustStore,
    string OutputFolder,
    string? StorePasswordFile,
    string? KeyAlias,
    string? KeyPasswordFile,
    bool AskKeyPassword,
    bool Force);
