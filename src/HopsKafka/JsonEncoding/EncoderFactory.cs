using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>Makes the encoders of a schema once. A record that refers to itself is one encoder that refers to itself.</summary>
internal sealed class EncoderFactory
{
    private readonly Dictionary<AvroType, ValueEncoder> _known = [];

    private EncoderFactory()
    {
    }

    /// <summary>The encoder of a type.</summary>
    public static ValueEncoder Of(AvroType type) => new EncoderFactory().Make(type);

    private ValueEncoder Make(AvroType type)
    {
        if (_known.TryGetValue(type, out var known))
        {
            return known;
        }

        var encoder = Create(type);
        _known[type] = encoder;
        if (encoder is RecordEncoder record)
        {
            record.SetFields([.. type.Fields.Select(field => Make(field.Type))]);
        }
        else if (encoder is UnionEncoder union)
        {
            union.SetBranches([.. type.Branches.Select(Make)]);
        }

        return encoder;
    }

    private ValueEncoder Create(AvroType type) => type.Logical.Kind switch
    {
        LogicalKind.None => CreatePlain(type),

        // Such a decimal is bytes in what AvroJson writes, too.
        LogicalKind.Decimal => Math.Max(type.Logical.Scale, type.Size) > LogicalText.MaxDecimalSize ? new BytesEncoder(type) : new DecimalEncoder(type),
        LogicalKind.Uuid => new UuidEncoder(type),
        LogicalKind.Duration => new DurationEncoder(type),
        _ => new TemporalEncoder(type),
    };

    private ValueEncoder CreatePlain(AvroType type) => type.Kind switch
    {
        "null" => new NullEncoder(type),
        "boolean" => new BooleanEncoder(type),
        "int" or "long" => new IntegerEncoder(type),
        "float" or "double" => new FloatingEncoder(type),
        "string" => new StringEncoder(type),
        "bytes" or "fixed" => new BytesEncoder(type),
        "enum" => new EnumEncoder(type),
        "array" => new ArrayEncoder(type, Make(type.Items)),
        "map" => new MapEncoder(type, Make(type.Items)),
        "union" => new UnionEncoder(type),
        _ => new RecordEncoder(type),
    };
}
