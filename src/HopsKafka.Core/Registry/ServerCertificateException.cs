using System.Security.Authentication;

namespace HopsKafka.Registry;

/// <summary>The server's certificate was refused; thrown inside the TLS handshake, so that the reason stays with its connection.</summary>
internal sealed class ServerCertificateException(string message, string remedy) : AuthenticationException(message)
{
    public string Remedy { get; } = remedy;
}
