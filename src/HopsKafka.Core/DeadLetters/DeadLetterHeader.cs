using System.Text.Json.Serialization;

namespace HopsKafka.DeadLetters;

/// <summary>A header of a dead letter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its bytes; null for none.</param>
public sealed record DeadLetterHeader(string Name, [property: JsonPropertyName("value_base64")] byte[]? Value = null);
