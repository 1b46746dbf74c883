using System.Net;
using System.Net.Sockets;
using HopsKafka.Common;

namespace HopsKafka.Sandbox.Rest;

/// <summary>TCP ports of this machine's loopback.</summary>
internal static class LoopbackPort
{
    public static int FindFree()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    /// <summary>Says why a port cannot be had, and what to do.</summary>
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

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        IEnumerable<Exception> inner = failure is AggregateException many ? many.InnerExceptions
            : failure.InnerException is { } one ? [one] : [];
        return inner.SelectMany(Causes).Prepend(failure);
    }
}
