using System.Net;
using System.Net.Sockets;

namespace HopsKafka.Sandbox;

/// <summary>
/// Reserves ports of 127.0.0.1 until their servers listen there. The system gives free ports to outgoing connections, and a
/// connection keeps its port for a minute after its end: nothing listens there, and yet it cannot be listened on.
/// </summary>
internal sealed class PortReservation : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    // TIME_WAIT is 60 s on Linux, 30 s on macOS, and up to 240 s on Windows.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(90);

    private readonly List<Socket> _held = [];

    /// <summary>Reserves ports, and waits for those that only an outgoing connection uses.</summary>
    /// <param name="ports">The ports; those that cannot be used for another reason are not reserved.</param>
    /// <param name="notice">Receives a sentence about each port that is waited for; null: nobody.</param>
    public static async Task<PortReservation> ReserveAsync(IEnumerable<int> ports, Action<string>? notice, CancellationToken cancellationToken)
    {
        var reservation = new PortReservation();
        try
        {
            foreach (var port in ports)
            {
                await reservation.ReserveAsync(port, notice, cancellationToken);
            }

            return reservation;
        }
        catch
        {
            reservation.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held.ForEach(socket => socket.Dispose());

    private async Task ReserveAsync(int port, Action<string>? notice, CancellationToken cancellationToken)
    {
        var isReported = false;
        for (var waited = TimeSpan.Zero; waited < s_timeout && !TryReserve(port) && !await IsListeningAsync(port, cancellationToken); waited += s_interval)
        {
            if (!isReported)
            {
                isReported = true;
                notice?.Invoke($"Port {port} still belongs to a connection that ended: waiting until the system frees it, {s_timeout.TotalSeconds:0} s at most.");
            }

            await Task.Delay(s_interval, cancellationToken);
        }
    }

    // True also when waiting would not help.
    private bool TryReserve(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // With SO_REUSEADDR, which .NET and Java set; so a listener can have the port beside a socket that does not listen.
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return e.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }

        if (OperatingSystem.IsLinux())
        {
            _held.Add(socket);
        }
        else
        {
            socket.Dispose();
        }

        return true;
    }

    private static async Task<bool> IsListeningAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
