using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.JsonEncoding;

namespace HopsKafka.FeatureGroups;

/// <summary>
/// Makes the encoders of features. They refuse more than those of plain Avro, as the official client does: an integer has no point, a date or time is
/// a text. A float is the nearest one, and a timestamp is cut to microseconds.
/// </summary>
internal sealed class FeatureEncoders
{
    private static readonly IntegerRange s_tinyint = new("tinyint", sbyte.MinValue, sbyte.MaxValue);
    private static readonly IntegerRange s_smallint = new("smallint", short.MinValue, short.MaxValue);
    private static readonly IntegerRange s_int = new("int", int.MinValue, int.MaxValue);
    private static readonly IntegerRange s_bigint = new("bigint", long.MinValue, long.MaxValue);

    private readonly Dictionary<(AvroType Type, string? Spelled), ValueEncoder> _structs = [];
    private readonly int? _longest;

    private FeatureEncoders(int? longest) => _longest = longest;

    /// <summary>The encoder of a feature.</summary>
    /// <param name="type">The registered type.</param>
    public static ValueEncoder Of(AvroType type, Feature feature)
    {
        var isComplex = FeatureType.IsComplex(feature.Type);
        var made = new FeatureEncoders(isComplex ? null : FeatureType.VarcharLength(feature.OnlineType));
        return isComplex ? new ComplexFeatureEncoder(made.Make(type, feature.Type)) : made.Make(type, feature.Type, feature.IsPrimaryKey);
    }

    // A union of several types is only known from UNIONTYPE, which the server makes no schema of.
    private ValueEncoder Make(AvroType type, string? spelled, bool isKey = false) =>
        type.Kind != "union" ? MakeValue(type, spelled)
        : type.Branches.Count == 2 && type.Branches.SingleOrDefault(branch => branch.Kind != "null") is { } value ? new NullableEncoder(type, MakeValue(value, spelled), isKey)
        : EncoderFactory.Of(type);

    private ValueEncoder MakeValue(AvroType type, string? spelled) => (type.Kind, type.Logical.Kind) switch
    {
        ("int" or "long", LogicalKind.None) => new IntegerEncoder(type, RangeOf(type, spelled)),
        ("float" or "double", _) => new FloatingEncoder(type, isRounding: true) { TypeName = NameOf(spelled) },
        ("string", LogicalKind.None) => new StringEncoder(type, _longest) { TypeName = NameOf(spelled) },
        ("bytes", LogicalKind.None) => new BytesEncoder(type) { TypeName = NameOf(spelled) },
        (_, LogicalKind.Date or LogicalKind.TimestampMillis or LogicalKind.TimestampMicros) => new TemporalEncoder(type, isText: true) { TypeName = NameOf(spelled) },
        ("bytes", LogicalKind.Decimal) => new DecimalEncoder(type, hasPythonSize: true) { TypeName = NameOf(spelled) },
        ("array", _) => new ArrayEncoder(type, Make(type.Items, FeatureType.ItemsOf(spelled))) { TypeName = NameOf(spelled) },
        ("map", _) => new MapEncoder(type, Make(type.Items, FeatureType.ItemsOf(spelled))) { TypeName = NameOf(spelled) },
        ("record", _) => MakeStruct(type, spelled),
        _ => EncoderFactory.Of(type),
    };

    // A struct may be defined once and used twice. No feature refers to itself, but a schema may.
    private ValueEncoder MakeStruct(AvroType type, string? spelled)
    {
        if (_structs.TryGetValue((type, spelled), out var known))
        {
            return known;
        }

        var encoder = new StructEncoder(type);
        _structs[(type, spelled)] = encoder;
        encoder.SetFields([.. type.Fields.Select(member => Make(member.Type, FeatureType.MemberOf(spelled, member.Name)))]);
        return encoder;
    }

    // What messages call a type is what Hopsworks shows.
    private static string? NameOf(string? spelled) => spelled is null ? null : DisplayText.Of(spelled.Trim().ToLowerInvariant());

    private static IntegerRange RangeOf(AvroType type, string? spelled) => spelled?.Trim().ToLowerInvariant() switch
    {
        "tinyint" => s_tinyint,
        "smallint" => s_smallint,
        _ => type.Kind == "int" ? s_int : s_bigint,
    };
}
