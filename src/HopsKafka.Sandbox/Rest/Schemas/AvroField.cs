using System.Text.Json;

namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>One field of a record.</summary>
internal sealed record AvroField(string Name, AvroType Type)
{
    public string? Doc { get; init; }

    public JsonElement? Default { get; init; }

    public string Order { get; init; } = "ascending";

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, JsonElement>> Props { get; init; } = [];
}
