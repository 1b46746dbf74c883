using System.Text.Json;

namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>
/// One node of a schema with all that Java Avro keeps of its text. Apache.Avro for C# drops attributes of fields and tells
/// a logical type from its base type, so neither its text nor its CanRead is what Hopsworks compares.
/// </summary>
internal sealed class AvroType(string kind)
{
    /// <summary>A primitive's name, or record, error, enum, fixed, array, map, union.</summary>
    public string Kind { get; } = kind;

    public AvroName? Name { get; init; }

    public string? Doc { get; init; }

    public IReadOnlyList<AvroName> Aliases { get; set; } = [];

    /// <summary>Attributes that Avro does not define, logicalType among them, in the order of the text.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Props { get; set; } = [];

    /// <summary>Set after the record's name is known, as fields may refer to their own record.</summary>
    public IReadOnlyList<AvroField> Fields { get; set; } = [];

    public IReadOnlyList<string> Symbols { get; init; } = [];

    public string? DefaultSymbol { get; init; }

    public int Size { get; init; }

    /// <summary>Branches of a union; items of an array; values of a map.</summary>
    public IReadOnlyList<AvroType> Inner { get; init; } = [];

    public bool IsRecord => Kind is "record" or "error";

    public static bool IsPrimitive(string kind) =>
        kind is "null" or "boolean" or "int" or "long" or "float" or "double" or "bytes" or "string";

    /// <exception cref="InvalidSchemaException">Java Avro would refuse the text.</exception>
    public static AvroType Parse(string text) => AvroTypeParser.Parse(text);

    /// <summary>The text as Java's <c>Schema.toString()</c> gives it.</summary>
    public string ToJavaText() => JavaSchemaText.Write(this);
}
