namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Kafka's SyncGroup request, versions 0 to 4: <c>group_id generation_id:int32 member_id group_instance_id (from 3)
/// assignments:[…]</c>. Only the leader of a group sends assignments.
/// </summary>
internal static class SyncGroupRequest
{
    public const short ApiKey = 14;

    private const int FirstVersionWithInstanceId = 3;
    private const int FirstFlexibleVersion = 4;
    private const int LastVersion = 4;

    /// <summary>Whether the leader of a group sent this request.</summary>
    /// <param name="request">The request after its length.</param>
    /// <returns>True when it carries assignments.</returns>
    /// <exception cref="InvalidDataException">The request is malformed.</exception>
    public static bool IsFromLeader(Span<byte> request)
    {
        var reader = new RequestReader(request, FirstFlexibleVersion);
        reader.ReadHeader();
        if (reader.Version > LastVersion)
        {
            return false;
        }

        reader.NullableString();
        reader.Take(sizeof(int));
        reader.NullableString();
        if (reader.Version >= FirstVersionWithInstanceId)
        {
            reader.NullableString();
        }

        return reader.Count() > 0;
    }
}
