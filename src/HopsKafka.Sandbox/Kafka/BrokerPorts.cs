using HopsKafka.Common;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>Where one broker listens, on 127.0.0.1.</summary>
/// <param name="Admin">Between brokers and for the sandbox itself.</param>
internal sealed record BrokerPorts(int Client, int Controller, int Admin)
{
    /// <summary>Finds ports that are free now.</summary>
    /// <param name="firstClient">First client port, the others follow; 0 for free ones.</param>
    /// <returns>The ports of each broker.</returns>
    /// <exception cref="HopsKafkaException">A client port cannot be used.</exception>
    public static IReadOnlyList<BrokerPorts> Find(int firstClient, int brokers)
    {
        var clients = LoopbackPort.ListenAll(firstClient, brokers);
        var others = LoopbackPort.ListenAll(0, 2 * brokers);
        var found = clients.Select((client, i) => new BrokerPorts(
            LoopbackPort.Of(client), LoopbackPort.Of(others[2 * i]), LoopbackPort.Of(others[2 * i + 1]))).ToList();
        foreach (var listener in clients.Concat(others))
        {
            listener.Dispose();
        }

        return found;
    }
}
