using System.Net;
using System.Net.Sockets;
using HopsKafka.Common;

namespace HopsKafka.Sandbox;

/// <summary>TCP ports of 127.0.0.1.</summary>
internal static class LoopbackPort
{
    private const string Option = "--kafka-port";

    /// <summary>Listens on consecutive ports, or on free ones.</summary>
    /// <param name="first">The first port, or 0 for free ones.</param>
    /// <param name="count">How many.</param>
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
    public static int Of(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    public static int FindFree()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    /// <summary>Why a port cannot be used for HTTPS, and what to do.</summary>
    public static HopsKafkaException Unusable(int port, Exception failure)
    {
        var error = Causes(failure).OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;
        var reason = error switch
        {
            SocketError.AddressAlreadyInUse => "another process listens there",
            SocketError.AccessDenied => "ports below 1024 need a privilege that this process lacks",
            _ => failure.Message,
        };
        return new HopsKafkaException(
            $"The sandbox cannot serve HTTPS on port {port}: {reason}.",
            "Choose another port with --port; 0 takes a free one.",
            ExitCode.Usage,
            failure);
    }

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

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        IEnumerable<Exception> inner = failure is AggregateException many ? many.InnerExceptions
            : failure.InnerException is { } one ? [one] : [];
        return inner.SelectMany(Causes).Prepend(failure);
    }
}
