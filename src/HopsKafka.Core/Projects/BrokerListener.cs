namespace HopsKafka.Projects;

/// <summary>Whom the addresses of brokers are meant for.</summary>
public enum BrokerListener
{
    /// <summary>Clients inside the cluster; others may or may not reach them.</summary>
    Internal,

    /// <summary>Clients outside the cluster.</summary>
    External,
}
