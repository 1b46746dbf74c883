using HopsKafka.Common;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>A member's certificates, as <c>GET /project/{id}/credentials</c> hands them out.</summary>
/// <param name="KeyStore">Bytes of keyStore.jks.</param>
/// <param name="TrustStore">Bytes of trustStore.jks.</param>
/// <param name="Password">Password of both stores and of the key entry.</param>
/// <param name="CaChainPem">The CA certificates in PEM.</param>
/// <param name="ClientCertificatePem">Leaf and intermediate certificate in PEM.</param>
/// <param name="ClientKeyPem">The unencrypted private key in PEM (PKCS#8).</param>
public sealed record ProjectCredentials(
    ReadOnlyMemory<byte> KeyStore,
    ReadOnlyMemory<byte> TrustStore,
    Secret Password,
    string CaChainPem,
    string ClientCertificatePem,
    Secret ClientKeyPem);
