using System.Text.Json;
using HopsKafka.JsonEncoding;

namespace HopsKafka.FeatureGroups;

/// <summary>
/// Encodes a feature of a complex type as <c>["null","bytes"]</c>, always the bytes: they hold the Avro of the registered type with its own union, also for null.
/// </summary>
/// <param name="value">Encodes by the registered type.</param>
internal sealed class ComplexFeatureEncoder(ValueEncoder value) : ValueEncoder(value.Type)
{
    /// <summary>A null: the bytes hold the branch of null.</summary>
    public static readonly byte[] Null = [2, 2, 0];

    private const int BytesBranch = 1;

    public override string Description => value.Description;

    protected override string Expected => "a value";

    public override bool Accepts(JsonTokenType token) => value.Accepts(token);

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        context.Output.WriteLong(BytesBranch);
        var bytes = context.Output.BeginBytes();
        if (!value.TryEncode(ref json, context))
        {
            return false;
        }

        context.Output.EndBytes(bytes);
        return true;
    }
}
