using System.Net;
using System.Net.Sockets;

namespace HopsKafka.Diagnostics;

/// <summary>Resolves a server's name and connects to it.</summary>
/// <param name="role">The kind of server.</param>
/// <param name="family">Address family; unspecified for all.</param>
/// <param name="limit">Time limit of each step.</param>
internal sealed class TcpProbe(ServerRole role, AddressFamily family, TimeSpan limit)
{
    private const string CheckNetwork = "may be reached from this machine (VPN, firewall)";

    /// <summary>Resolves a host name.</summary>
    /// <returns>At least one address.</returns>
    /// <exception cref="ConnectionFaultException">The name has no address.</exception>
    public async Task<IPAddress[]> ResolveAsync(ServerAddress server, CancellationToken stop)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(server.Host, family, stop).WaitAsync(limit, stop);
            return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.NoData);
        }
        catch (SocketException e)
        {
            throw new ConnectionFaultException(
                ConnectionFault.HostUnknown,
                $"The host {server.Host} of the {role.Name} cannot be resolved.",
                $"Check {role.Address} for a typing error, and this machine's DNS (VPN).",
                $"host {server.Host}",
                e);
        }
        catch (TimeoutException e)
        {
            throw new ConnectionFaultException(
                ConnectionFault.NoAnswer,
                $"DNS did not resolve {server.Host} within {limit.TotalSeconds:0} s.",
                "Check this machine's network and DNS (VPN).",
                "DNS",
                e);
        }
    }

    /// <summary>Connects to the first address that accepts.</summary>
    /// <returns>The connection; the caller disposes it.</returns>
    /// <exception cref="ConnectionFaultException">No address accepts connections.</exception>
    public async Task<Socket> ConnectAsync(ServerAddress server, IPAddress[] addresses, CancellationToken stop)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limited.CancelAfter(limit);
        SocketException? failure = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, server.Port), limited.Token);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                failure = e;
            }
            catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
            {
                socket.Dispose();
                throw NoAnswer(server, e);
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }

        throw Unreachable(server, failure!);
    }

    private ConnectionFaultException Unreachable(ServerAddress server, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new ConnectionFaultException(
            ConnectionFault.Refused,
            $"Nothing listens at {server}, where the {role.Name} should be (connection refused).",
            $"Check {role.Address}, and that the server runs and {CheckNetwork}.",
            null,
            e),
        SocketError.TimedOut => NoAnswer(server, e),
        _ => new ConnectionFaultException(
            ConnectionFault.Unreachable,
            $"The {role.Name} {server} cannot be reached: {e.Message}.",
            $"Check {role.Address}, and that the server {CheckNetwork}.",
            null,
            e),
    };

    private ConnectionFaultException NoAnswer(ServerAddress server, Exception e) => new(
        ConnectionFault.NoAnswer,
        $"The {role.Name} {server} did not accept a connection within {limit.TotalSeconds:0} s.",
        $"Check {role.Address}, and that the server {CheckNetwork}: a firewall that drops packets looks like this.",
        null,
        e);
}
