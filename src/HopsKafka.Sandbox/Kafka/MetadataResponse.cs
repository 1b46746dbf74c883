using System.Buffers.Binary;
using Confluent.Kafka;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Kafka's response to a Metadata request, versions 4 to 12: <c>throttle_time_ms:int32 brokers:[…] cluster_id controller_id:int32
/// topics:[error_code:int16 name topic_id:uuid (from 10) is_internal:bool partitions:[…] authorized_operations:int32 (from 8)] …</c>.
/// </summary>
internal static class MetadataResponse
{
    private const int FirstVersionWithOfflineReplicas = 5;
    private const int FirstVersionWithLeaderEpoch = 7;
    private const int FirstVersionWithOperations = 8;

    /// <summary>Replaces UNKNOWN_TOPIC_OR_PARTITION by TOPIC_AUTHORIZATION_FAILED, in place.</summary>
    /// <param name="response">The response after its length.</param>
    /// <exception cref="InvalidDataException">The response is malformed.</exception>
    public static void RefuseUnknownTopics(Span<byte> response, int version)
    {
        if (version is < MetadataRequest.FirstVersion or > MetadataRequest.LastVersion)
        {
            return;
        }

        var reader = new RequestReader(response, MetadataRequest.FirstFlexibleVersion) { Version = version };
        reader.Take(sizeof(int));
        reader.SkipTags();
        reader.Take(sizeof(int));
        for (var brokers = reader.Count(); brokers > 0; brokers--)
        {
            reader.Take(sizeof(int));
            reader.NullableString();
            reader.Take(sizeof(int));
            reader.NullableString();
            reader.SkipTags();
        }

        reader.NullableString();
        reader.Take(sizeof(int));
        for (var topics = reader.Count(); topics > 0; topics--)
        {
            RefuseUnknown(reader.Take(sizeof(short)));
            SkipTopic(ref reader);
        }
    }

    private static void RefuseUnknown(Span<byte> error)
    {
        if (BinaryPrimitives.ReadInt16BigEndian(error) == (short)ErrorCode.UnknownTopicOrPart)
        {
            BinaryPrimitives.WriteInt16BigEndian(error, (short)ErrorCode.TopicAuthorizationFailed);
        }
    }

    private static void SkipTopic(ref RequestReader reader)
    {
        reader.NullableString();
        reader.Take(reader.Version >= MetadataRequest.FirstVersionWithIds ? MetadataRequest.IdSize : 0);
        reader.Take(1);
        for (var partitions = reader.Count(); partitions > 0; partitions--)
        {
            reader.Take(sizeof(short) + sizeof(int) + sizeof(int));
            reader.Take(reader.Version >= FirstVersionWithLeaderEpoch ? sizeof(int) : 0);
            for (var lists = reader.Version >= FirstVersionWithOfflineReplicas ? 3 : 2; lists > 0; lists--)
            {
                reader.Take(checked(reader.Count() * sizeof(int)));
            }

            reader.SkipTags();
        }

        reader.Take(reader.Version >= FirstVersionWithOperations ? sizeof(int) : 0);
        reader.SkipTags();
    }
}
