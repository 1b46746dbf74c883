using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>Explains why a REST server closed a connection without a response: Kafka does, because it requires a client certificate.</summary>
internal static class LostConnection
{
    /// <summary>Probes the server.</summary>
    /// <param name="uri">The URL of the request.</param>
    /// <param name="trust">How the server's certificate is checked.</param>
    /// <returns>The reason and the remedy; null if the probe succeeds.</returns>
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
