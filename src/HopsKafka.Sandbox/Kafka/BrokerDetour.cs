namespace HopsKafka.Sandbox.Kafka;

/// <summary>A second TLS listener of a broker, which clients reach through something else, such as a proxy that breaks connections.</summary>
/// <param name="Port">Where the broker listens, on 127.0.0.1.</param>
/// <param name="Advertised">The port on localhost that it tells its clients.</param>
public sealed record BrokerDetour(int Port, int Advertised);
