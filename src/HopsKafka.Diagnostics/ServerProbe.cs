using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>Probes a server step by step: DNS, TCP, TLS and the first request of its protocol.</summary>
internal sealed class ServerProbe
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private readonly ServerRole _role;
    private readonly TcpProbe _tcp;
    private readonly ProtocolProbe _protocol;
    private readonly TlsProbe? _tls;
    private readonly SaslProbe? _sasl;

    private ServerProbe(
        ServerRole role, AddressFamily family, ServerTrustAnchors? anchors, SslStreamCertificateContext? client, SecurityOptions? security = null,
        Func<TokenClient?>? tokens = null)
    {
        _role = role;
        _tcp = new TcpProbe(role, family, s_limit);
        _protocol = new ProtocolProbe(role, s_limit);
        _tls = anchors is null ? null : new TlsProbe(role, anchors, client, _protocol);
        _sasl = anchors is null || security is null ? null : new SaslProbe(security, _protocol, tokens ?? (() => null));
    }

    /// <summary>A probe of brokers that connects as the tools' Kafka clients do.</summary>
    /// <exception cref="HopsKafkaException">The private key is of a type that .NET's TLS does not support.</exception>
    public static ServerProbe OfBrokers(HopsKafkaConfig config, ProjectCertificates certificates)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(certificates);
        var plain = config.Kafka.Security.IsPlaintext;
        return new ServerProbe(
            ServerRole.BrokerOf(config),
            Family(config),
            plain ? null : ServerTrustAnchors.OfBrokers(config, certificates),
            plain || !certificates.HasClient ? null : Client(certificates),
            config.Kafka.Security,
            () => TokenClient.Of(config));
    }

    /// <summary>A probe of DNS and TCP only, if the certificates cannot be used.</summary>
    public static ServerProbe OfBrokerPorts(HopsKafkaConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new ServerProbe(ServerRole.Broker, Family(config), null, null);
    }

    /// <summary>A probe of the REST API.</summary>
    /// <param name="hops">Its address and trust.</param>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> cannot be used.</exception>
    public static ServerProbe OfRegistry(HopsOptions hops)
    {
        ArgumentNullException.ThrowIfNull(hops);
        return new ServerProbe(ServerRole.Registry, AddressFamily.Unspecified, ServerTrustAnchors.OfRegistry(hops.Verify), null);
    }

    /// <summary>A probe of the server that issues tokens.</summary>
    public static ServerProbe OfTokens(ServerTrustAnchors anchors) => new(ServerRole.TokenServer, AddressFamily.Unspecified, anchors, null);

    /// <summary>Runs all steps.</summary>
    /// <returns>The agreed TLS version and the certificate, as text.</returns>
    /// <exception cref="ConnectionFaultException">The first step that fails.</exception>
    public async Task<string> ProbeAsync(ServerAddress server, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        using var session = await OpenAsync(server, await ResolveAsync(server, stop), stop);
        await LogInAsync(server, session, stop);
        return session.Description;
    }

    /// <summary>Logs in to a broker by SASL; without SASL checks that the broker does not require it.</summary>
    /// <returns>What was found, as text.</returns>
    /// <exception cref="ConnectionFaultException">The broker refuses.</exception>
    internal async Task<string> LogInAsync(ServerAddress server, ServerSession session, CancellationToken stop) =>
        _sasl is null ? "" : await _sasl.LogInAsync(server, session.Stream, stop);

    internal Task<IPAddress[]> ResolveAsync(ServerAddress server, CancellationToken stop) => _tcp.ResolveAsync(server, stop);

    internal async Task<IPAddress> ConnectAsync(ServerAddress server, IPAddress[] addresses, CancellationToken stop)
    {
        using var socket = await _tcp.ConnectAsync(server, addresses, stop);
        return ((IPEndPoint)socket.RemoteEndPoint!).Address;
    }

    internal async Task<ServerSession> OpenAsync(ServerAddress server, IPAddress[] addresses, CancellationToken stop)
    {
        var socket = await _tcp.ConnectAsync(server, addresses, stop);
        return _tls is null
            ? await OpenPlainAsync(server, socket, stop)
            : await _tls.OpenAsync(server, socket, token => _tcp.ConnectAsync(server, addresses, token), stop);
    }

    private async Task<ServerSession> OpenPlainAsync(ServerAddress server, Socket socket, CancellationToken stop)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        var answer = await _protocol.TryDetectAsync(server, stream, stop);
        if (_role.IsExpected(answer))
        {
            return new ServerSession(stream, "without TLS, as security.protocol requires");
        }

        await stream.DisposeAsync();
        throw ProtocolDetector.IsTls(answer) || answer.Length == 0
            ? new ConnectionFaultException(
                ConnectionFault.TlsInsteadOfPlain,
                $"The {_role.Name} {server} does not respond without TLS, as security.protocol = plaintext requires; it may use TLS.",
                "Remove security_protocol: Hopsworks' brokers use TLS.")
            : new ConnectionFaultException(
                ConnectionFault.WrongServer,
                $"The server at {server} is not a {_role.Name}: it uses {ProtocolDetector.Describe(answer)}.",
                $"Check {_role.Address}.");
    }

    private static AddressFamily Family(HopsKafkaConfig config) => config.Kafka.Properties.GetValueOrDefault("broker.address.family") switch
    {
        "v4" => AddressFamily.InterNetwork,
        "v6" => AddressFamily.InterNetworkV6,
        _ => AddressFamily.Unspecified,
    };

    private static SslStreamCertificateContext Client(ProjectCertificates certificates)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificates.CertificatePem);
        try
        {
            using var inMemory = X509Certificate2.CreateFromPem(certificates.CertificatePem, certificates.KeyPem.Reveal());

            // Windows' TLS does not accept ephemeral keys; PKCS#12 export and import gives them a container.
            var leaf = X509CertificateLoader.LoadPkcs12(inMemory.Export(X509ContentType.Pkcs12), null);
            return SslStreamCertificateContext.Create(leaf, [.. chain.Skip(1)], offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new HopsKafkaException(
                $"The connection to the brokers cannot be probed with this kind of private key: {e.Message.ReplaceLineEndings(" ")}",
                "The tools themselves may work: try avro-producer -e 1.",
                innerException: e);
        }
    }
}

/// <summary>A connection whose server responded as expected.</summary>
/// <param name="Stream">The connection; without a pending response if the server is a broker.</param>
/// <param name="Description">The agreed TLS version and the server's certificate.</param>
internal sealed record ServerSession(Stream Stream, string Description) : IDisposable
{
    public void Dispose() => Stream.Dispose();
}
