using System.Text.Json;
using HopsKafka.Cli;

namespace HopsKafka.AvroTypes;

/// <summary>One field of a record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values.</param>
public sealed record AvroField(string Name, AvroType Type)
{
    /// <summary>The text of <c>doc</c>; null for none.</summary>
    public string? Doc { get; init; }

    /// <summary>The value that a reader takes when the writer has no such field; null for none, a JSON null for null.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>ascending, descending or ignore.</summary>
    public string Order { get; init; } = "ascending";

    /// <summary>Names of the writer's field that a reader also takes.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Attributes that Avro does not define, in the order of the text.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Props { get; init; } = [];

    /// <summary>The name as JSON shows it, encoded once.</summary>
    internal JsonEncodedText JsonName { get; } = JsonEncodedText.Encode(Name, TerminalJsonEncoder.Instance);
}
