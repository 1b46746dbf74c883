using System.Globalization;
using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Encodes JSON values by one type of a schema.</summary>
/// <param name="type">The type.</param>
internal abstract class ValueEncoder(AvroType type)
{
    /// <summary>The type.</summary>
    public AvroType Type { get; } = type;

    /// <summary>What the JSON must be, for messages: <c>an integer</c>.</summary>
    protected abstract string Expected { get; }

    /// <summary>What messages call the type if it has another name than Avro's; null for Avro's.</summary>
    public string? TypeName { get; init; }

    /// <summary>What the schema says, for messages: <c>int</c>.</summary>
    public virtual string Description => TypeName ?? Describe(Type);

    /// <summary>Whether a value that starts so can fit.</summary>
    public abstract bool Accepts(JsonTokenType token);

    /// <summary>Encodes the value at which the reader stands, which then stands at its end.</summary>
    /// <returns>False when the value does not fit; reader and output are then anywhere, and the context knows why.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="MalformedJsonException">It is JSON that no type accepts.</exception>
    public abstract bool TryEncode(ref Utf8JsonReader json, EncodingContext context);

    /// <summary>Fails because the value is of another kind.</summary>
    /// <returns>False.</returns>
    protected bool FailType(ref Utf8JsonReader json, EncodingContext context) =>
        context.Fail(json.TokenStartIndex, $"{TokenText.Of(ref json)} is not {Expected}; the schema says {Description}.");

    /// <summary>What messages call a type.</summary>
    public static string Describe(AvroType type) => type.Logical.Kind switch
    {
        LogicalKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal({LogicalType.PrecisionOf(type)}, {type.Logical.Scale})"),
        LogicalKind.None => type.Kind switch
        {
            "union" => $"one of {string.Join(", ", type.Branches.Select(Describe))}",
            "fixed" => string.Create(CultureInfo.InvariantCulture, $"fixed {type.Name!.Full} ({type.Size} bytes)"),
            _ when type.Name is { } name => $"{type.Kind} {name.Full}",
            _ => type.Kind,
        },
        _ => type.Props.First(prop => prop.Key == LogicalType.Attribute).Value.GetString()!,
    };
}
