namespace HopsKafka.Groups;

/// <summary>A group among all.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">State in Kafka's words; null when the server does not tell.</param>
/// <param name="Members">Number of members; null when the server does not tell.</param>
public sealed record GroupListing(string Name, string? State, int? Members);
