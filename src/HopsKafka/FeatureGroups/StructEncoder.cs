using System.Text.Json;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.FeatureGroups;

/// <summary>Encodes a struct: members that are missing are null.</summary>
internal sealed class StructEncoder(AvroType type) : RecordEncoder(type)
{
    private readonly int[] _nulls = [.. type.Fields.Select(member => member.Type.Branches.ToList().FindIndex(branch => branch.Kind == "null"))];

    public override string Description => "struct";

    protected override string Part => "member";

    protected override bool TryWriteMissing(ref Utf8JsonReader json, EncodingContext context, int index)
    {
        if (_nulls[index] < 0)
        {
            return base.TryWriteMissing(ref json, context, index);
        }

        context.Output.WriteLong(_nulls[index]);
        return true;
    }
}
