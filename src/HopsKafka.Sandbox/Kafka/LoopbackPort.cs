using System.Net;
using System.Net.Sockets;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>Takes ports of 127.0.0.1.</summary>
internal static class LoopbackPort
{
    private const string Option = "--kafka-port";

    /// <summary>Listens on consecutive ports, or on free ones.</summary>
    /// <param name="first">The first port, or 0 for free ones.</param>
    /// <param name="count">How many.</param>
    /// <returns>The started listeners.</returns>
    /// <exception cref="HopsKafkaException">One of the ports cannot be used; none is held then.</exception>
    public static IReadOnlyList<TcpListener> ListenAll(int first, int count)
    {
        var listeners = new List<TcpListener>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                listeners.Add(Listen(first == 0 ? 0 : first + i));
            }

            return listeners;
        }
        catch (HopsKafkaException)
        {
            listeners.ForEach(listener => listener.Dispose());
            throw;
        }
    }

    /// <summary>The port of a started listener.</summary>
    /// <param name="listener">The listener.</param>
    /// <returns>Its port.</returns>
    public static int Of(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static TcpListener Listen(int port)
    {
        if (port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            throw new HopsKafkaException(
                $"Port {port}, counted from {Option}, is not a port: they end at {IPEndPoint.MaxPort}.",
                $"Choose a smaller {Option}, or 0 for free ports.", ExitCode.Usage);
        }

        var listener = new TcpListener(IPAddress.Loopback, port);
        if (OperatingSystem.IsWindows())
        {
            // Else another program could listen on the same port.
            listener.ExclusiveAddressUse = true;
        }

        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw new HopsKafkaException(
                $"Port {port} on 127.0.0.1, from {Option}, cannot be used for Kafka: {exception.Message}.",
                $"Choose another {Option}, or 0 for free ports.", ExitCode.Usage, exception);
        }
    }
}
