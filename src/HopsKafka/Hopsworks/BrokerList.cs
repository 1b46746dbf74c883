namespace HopsKafka.Hopsworks;

/// <summary>The brokers that a server names.</summary>
/// <param name="Servers">Addresses, each <c>host:port</c>.</param>
/// <param name="Doubt">A warning: why external addresses are not available; null for none.</param>
/// <param name="Own">How to connect to a cluster that the organization brought itself; null for Hopsworks' cluster.</param>
internal sealed record BrokerList(IReadOnlyList<string> Servers, BrokerListener Listener, string? Doubt = null, OwnKafka? Own = null);

/// <summary>The clients that the brokers' addresses are for.</summary>
internal enum BrokerListener
{
    /// <summary>Clients inside the cluster; others may or may not reach them.</summary>
    Internal,

    /// <summary>Clients outside the cluster.</summary>
    External,
}
