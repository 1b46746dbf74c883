namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Kafka's Metadata request, versions 4 to 12: <c>topics:[topic_id:uuid (from 10) name] allow_auto_topic_creation:bool …</c>.
/// </summary>
internal static class MetadataRequest
{
    public const short ApiKey = 3;
    public const short FirstVersion = 4;
    public const short LastVersion = 12;

    public const int FirstFlexibleVersion = 9;
    public const int FirstVersionWithIds = 10;
    public const int IdSize = 16;

    /// <summary>Forbids a request to create topics.</summary>
    /// <param name="request">The request after its length; changed in place.</param>
    /// <returns>Its correlation id and its version.</returns>
    /// <exception cref="InvalidDataException">The request is malformed.</exception>
    public static (int CorrelationId, int Version) Restrict(Span<byte> request)
    {
        var reader = new RequestReader(request, FirstFlexibleVersion);
        reader.ReadHeader();

        // The mock rejects others and closes the connection.
        if (reader.Version is >= FirstVersion and <= LastVersion)
        {
            for (var topics = reader.Count(); topics > 0; topics--)
            {
                reader.Take(reader.Version >= FirstVersionWithIds ? IdSize : 0);
                reader.NullableString();
                reader.SkipTags();
            }

            reader.Take(1)[0] = 0;
        }

        return (reader.CorrelationId, reader.Version);
    }
}
