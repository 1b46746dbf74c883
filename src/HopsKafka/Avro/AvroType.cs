using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.Avro;

/// <summary>
/// One node of a schema with all that Java Avro keeps of its text. Apache.Avro for C# drops attributes of fields, tells a logical
/// type from its base type, and refuses logical types that it does not know.
/// </summary>
internal sealed class AvroType
{
    private readonly AvroType? _items;
    private IReadOnlyList<KeyValuePair<string, JsonElement>> _props = [];

    internal AvroType(string kind) => Kind = kind;

    /// <summary>A primitive's name, or record, error, enum, fixed, array, map, union.</summary>
    public string Kind { get; }

    /// <summary>The name of a record, error, enum or fixed; null for others.</summary>
    public AvroName? Name { get; internal init; }

    /// <summary>The text of <c>doc</c>; null for none.</summary>
    public string? Doc { get; internal init; }

    /// <summary>Other names that a reader may know it by.</summary>
    public IReadOnlyList<AvroName> Aliases { get; internal set; } = [];

    /// <summary>Attributes that Avro does not define, logicalType among them, in the order of the text.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Props
    {
        get => _props;
        internal set
        {
            _props = value;
            Logical = LogicalType.Of(this);
        }
    }

    /// <summary>The logical type; one that does not fit the type is ignored, as Avro requires.</summary>
    public LogicalType Logical { get; private set; }

    /// <summary>Fields of a record or error.</summary>
    public IReadOnlyList<AvroField> Fields { get; internal set; } = []; // set after the name is known: a record may refer to itself

    /// <summary>Symbols of an enum.</summary>
    public IReadOnlyList<string> Symbols { get; internal init; } = [];

    /// <summary>The symbol that a reader uses for an unknown one; null for none.</summary>
    public string? DefaultSymbol { get; internal init; }

    /// <summary>Bytes of a fixed.</summary>
    public int Size { get; internal init; }

    /// <summary>The type of an array's items or of a map's values.</summary>
    /// <exception cref="InvalidOperationException">It is neither.</exception>
    public AvroType Items
    {
        get => _items ?? throw new InvalidOperationException($"A {Kind} has no items.");
        internal init => _items = value;
    }

    /// <summary>Branches of a union.</summary>
    public IReadOnlyList<AvroType> Branches { get; internal init; } = [];

    /// <summary>The types that a value may have: the branches of a union, the type itself otherwise.</summary>
    internal IReadOnlyList<AvroType> Alternatives => Kind == "union" ? Branches : [this];

    /// <summary>Whether it has fields.</summary>
    public bool IsRecord => Kind is "record" or "error";

    /// <summary>Reads a schema by the rules of Java Avro 1.10 and 1.11, which Hopsworks uses.</summary>
    /// <param name="text">The schema as JSON.</param>
    /// <exception cref="InvalidSchemaException">Java Avro would refuse the text.</exception>
    public static AvroType Parse(string text) => AvroSchemaParser.Parse(text);

    /// <summary>The logical types of its values as the schema spells them, known to Avro or not; those of a union's branches.</summary>
    internal IEnumerable<string> LogicalNames => Kind == "union"
        ? Branches.SelectMany(branch => branch.LogicalNames)
        : Props.Where(p => p.Key == LogicalType.Attribute).Select(p => p.Value.ToString());

    internal static bool IsPrimitive(string kind) =>
        kind is "null" or "boolean" or "int" or "long" or "float" or "double" or "bytes" or "string";
}

/// <summary>One field of a record.</summary>
internal sealed record AvroField(string Name, AvroType Type)
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

    /// <summary>The field as the schema spells it.</summary>
    internal JsonElement Json { get; init; }

    /// <summary>The name as JSON shows it, encoded once.</summary>
    internal JsonEncodedText JsonName { get; } = JsonEncodedText.Encode(Name, TerminalJsonEncoder.Instance);
}

/// <summary>Name of a record, enum or fixed.</summary>
/// <param name="Name">The name without namespace.</param>
/// <param name="Namespace">Its namespace; null for none.</param>
internal sealed record AvroName(string Name, string? Namespace)
{
    /// <summary>The full name: namespace, dot, name.</summary>
    public string Full => Namespace is null ? Name : $"{Namespace}.{Name}";

    /// <summary>A dotted name carries its own namespace; a bare one takes the given namespace.</summary>
    /// <param name="name">The name as a schema spells it.</param>
    /// <param name="enclosing">The namespace around it; null for none.</param>
    /// <exception cref="InvalidSchemaException">The name is invalid.</exception>
    public static AvroName Of(string name, string? enclosing)
    {
        var dot = name.LastIndexOf('.');
        var own = dot < 0 ? enclosing : name[..dot];
        return new AvroName(Checked(name[(dot + 1)..]), string.IsNullOrEmpty(own) ? null : own);
    }

    /// <summary>The name as it stands inside a schema of the given namespace.</summary>
    /// <param name="enclosing">That namespace; null for none.</param>
    /// <returns>The short name where it is enough.</returns>
    public string Within(string? enclosing) => Namespace is null || Namespace == enclosing ? Name : Full;

    internal static string Checked(string name)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_'))
        {
            throw new InvalidSchemaException($"illegal first character in the name '{name}'");
        }

        return name.All(c => char.IsLetterOrDigit(c) || c == '_')
            ? name
            : throw new InvalidSchemaException($"illegal character in the name '{name}'");
    }
}
