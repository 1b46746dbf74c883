using System.Text.Json;
using System.Text.Json.Serialization;

namespace HopsKafka.Tests.FeatureGroups;

/// <summary>A row as a program has it.</summary>
internal sealed record Sale(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("at")] DateTime At,
    [property: JsonPropertyName("price")] decimal Price,
    [property: JsonPropertyName("tags")] string[] Tags,
    [property: JsonPropertyName("place")] JsonElement? Place = null);

[JsonSerializable(typeof(Sale))]
internal sealed partial class SaleContext : JsonSerializerContext;
