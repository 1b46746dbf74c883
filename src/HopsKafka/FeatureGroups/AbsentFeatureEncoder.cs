using System.Text.Json;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.FeatureGroups;

/// <summary>Writes null whatever a row says: a delete has the primary key only.</summary>
/// <param name="encoded">The null.</param>
internal sealed class AbsentFeatureEncoder(AvroType type, byte[] encoded) : ValueEncoder(type)
{
    protected override string Expected => "anything";

    public override bool Accepts(JsonTokenType token) => true;

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        json.Skip();
        context.Output.Write(encoded);
        return true;
    }
}
