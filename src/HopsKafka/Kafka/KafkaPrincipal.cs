using HopsKafka.Configuration;

namespace HopsKafka.Kafka;

/// <summary>Whom Kafka grants permissions, in the words of messages: a project of Hopsworks, or a user of a cluster with SASL and ACLs.</summary>
internal sealed class KafkaPrincipal
{
    private readonly bool _isUser;

    private KafkaPrincipal(bool isUser) => _isUser = isUser;

    /// <summary>The subject of a sentence. The user is not named: some clusters give out keys as user names.</summary>
    public string Name => _isUser ? "your Kafka user" : "your project";

    public static KafkaPrincipal Project { get; } = new(isUser: false);

    public static KafkaPrincipal Of(HopsKafkaConfig config) => new(config.Kafka.Security.UsesSasl);

    /// <summary>What to do about a missing permission.</summary>
    /// <param name="onHopsworks">The remedy on Hopsworks, without SASL.</param>
    /// <param name="acl">The permission, such as <c>Read on the topic</c>.</param>
    public string Remedy(string onHopsworks, string acl) =>
        _isUser ? $"Have the administrator of the Kafka cluster grant {acl} to this user (an ACL)." : onHopsworks;
}
