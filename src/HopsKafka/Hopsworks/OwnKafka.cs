using HopsKafka.Configuration;

namespace HopsKafka.Hopsworks;

/// <summary>How to connect to a Kafka cluster that the organization brought itself: the project's certificates are unknown there.</summary>
/// <param name="ChecksNames">Whether the names in the brokers' certificates are checked.</param>
/// <param name="Properties">librdkafka properties of OAUTHBEARER; empty otherwise.</param>
/// <param name="Unused">Names of options that clients on librdkafka do not have.</param>
internal sealed record OwnKafka(
    SecurityOptions Security, bool ChecksNames, IReadOnlyDictionary<string, string> Properties, IReadOnlyList<string> Unused);
