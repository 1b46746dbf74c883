using Confluent.Kafka;

namespace HopsKafka.FeatureGroups;

/// <summary>A feature store.</summary>
/// <param name="ProjectId">The project that owns it.</param>
/// <param name="ProjectName">The name of that project; null if the server does not return it.</param>
internal sealed record FeatureStoreInfo(int Id, string Name, int ProjectId, string? ProjectName);

/// <summary>The subject of a feature group.</summary>
/// <param name="Id">The id of the schema, which rows name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Schema">The registered text.</param>
internal sealed record FeatureSubject(int Id, int Version, string Schema);

/// <summary>The Kafka that a feature store's rows go to.</summary>
/// <param name="BootstrapServers">Its brokers; empty if the server returns none.</param>
/// <param name="IsExternal">Whether it is not that of Hopsworks, so that the project's certificates do not apply.</param>
internal sealed record KafkaConnector(IReadOnlyList<string> BootstrapServers, bool IsExternal)
{
    /// <summary>Why rows of an unreachable topic can be neither written nor read.</summary>
    public const string UnreachableReason = "its topic is in a Kafka cluster outside of Hopsworks, to which the project's certificates do not apply";

    /// <summary>What to do about it.</summary>
    public const string UnreachableRemedy = "Log in there by SASL: the security protocol, mechanism, user and password, which hops-kafka init writes.";

    /// <summary>Whether clients with these settings can log in: an external cluster requires SASL.</summary>
    public bool Accepts(ClientConfig client) => !IsExternal || client.SecurityProtocol == SecurityProtocol.SaslSsl;
}

/// <summary>The tests that rows must pass.</summary>
/// <param name="RunsValidation">Whether the client has to run them.</param>
/// <param name="IsStrict">Whether rows that fail must not be written.</param>
internal sealed record ExpectationSuite(bool RunsValidation, bool IsStrict);
