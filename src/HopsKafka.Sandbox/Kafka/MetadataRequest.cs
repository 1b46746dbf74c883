namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Kafka's Metadata request, versions 4 to 12: <c>topics:[topic_id:uuid (from 10) name] allow_auto_topic_creation:bool …</c>.
/// </summary>
internal static class MetadataRequest
{
    public const short ApiKey = 3;
    public const short FirstVersion = 4;
    public const short LastVersion = 12;

    private const int FirstFlexibleVersion = 9;
    private const int FirstVersionWithIds = 10;
    private const int IdSize = 16;

    /// <summary>Reads the names that a request asks for, and forbids it to create them.</summary>
    /// <param name="request">The request after its length; changed in place.</param>
    /// <returns>The names; null when it asks for all topics.</returns>
    /// <exception cref="InvalidDataException">The request is malformed.</exception>
    public static IReadOnlyList<string>? Restrict(Span<byte> request)
    {
        var reader = new RequestReader(request, FirstFlexibleVersion);
        reader.ReadHeader();
        if (reader.Version is < FirstVersion or > LastVersion)
        {
            // The mock refuses these and closes the connection.
            return [];
        }

        var count = reader.Count();
        var names = count < 0 ? null : new List<string>();
        for (var i = 0; i < count; i++)
        {
            reader.Take(reader.Version >= FirstVersionWithIds ? IdSize : 0);
            if (reader.NullableString() is { } name)
            {
                names!.Add(name);
            }

            reader.SkipTags();
        }

        reader.Take(1)[0] = 0;
        return names;
    }
}
