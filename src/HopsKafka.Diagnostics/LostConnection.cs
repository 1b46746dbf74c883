using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>Says why a REST server closed a connection before it answered: Kafka, which wants a client certificate, shows .NET nothing else.</summary>
internal static class LostConnection
{
    /// <summary>Probes the server.</summary>
    /// <param name="uri">What was asked for.</param>
    /// <param name="trust">How the server's certificate is checked.</param>
    /// <returns>The reason and the remedy; null when the probe finds no fault.</returns>
    public static async Task<HopsKafkaException?> ExplainAsync(Uri uri, ServerTrust trust, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(uri);
        try
        {
            await ServerProbe.OfRegistry(new HopsOptions(uri.Host, uri.Port, trust)).ProbeAsync(new ServerAddress(uri.Host, uri.Port), stop);
            return null;
        }
        catch (ConnectionFaultException e)
        {
            return e;
        }
    }
}
