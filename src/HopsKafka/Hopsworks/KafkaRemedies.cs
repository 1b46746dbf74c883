using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>What to do about the errors of Hopsworks' Kafka service: 190000 and a number.</summary>
internal static class KafkaRemedies
{
    public const int First = 190000;
    public const int Last = 190099;

    /// <summary>Null for a number that has no remedy of its own.</summary>
    public static string? Of(int code, SettingNames names) => code switch
    {
        190000 => "The project has no such topic: hops-kafka topics lists those it has, hops-kafka setup creates that of [kafka] topic.",
        HopsworksErrorCode.TopicExists =>
            $"Topic names are unique in the whole cluster: choose another name{names.Topic}, or ask the owner of that one to share it with your project.",
        HopsworksErrorCode.TopicExistsInKafka => $"Kafka itself has a topic of this name that belongs to no project: choose another name{names.Topic}, or ask the administrator.",
        190004 => "Delete a topic that is no longer needed (hops-kafka topics lists them), or ask the administrator of Hopsworks to raise the project's limit.",
        HopsworksErrorCode.TooManyReplicas => "Each replica needs a broker of its own: set fewer with --replicas.",
        190006 => "Register the schema first: hops-kafka setup does both.",
        190010 => $"Ask the owner of the topic to share it with your project, or correct its name{names.Topic}.",
        190014 => "Delete the topics that use the schema first, or give them another one in Hopsworks: hops-kafka topics shows which they are.",
        190016 => "Hopsworks keeps this subject for itself: give the record another name.",
        190021 or 190022 or 190023 => "Kafka did not answer Hopsworks. Try again later, or ask its administrator whether Kafka is up.",
        190024 => "Kafka refused it. A topic's name has at most 249 letters, digits, '.', '_' and '-'; if that holds, ask the administrator whether Kafka is up.",
        190025 => "Hopsworks knows no Kafka broker: ask its administrator whether Kafka is up.",
        _ => null,
    };
}
