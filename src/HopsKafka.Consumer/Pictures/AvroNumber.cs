using System.Globalization;
using HopsKafka.Avro;

namespace HopsKafka.Consumer.Pictures;

/// <summary>Converts Avro values to numbers, and lists the numeric fields of a schema.</summary>
internal static class AvroNumber
{
    private const int MaxNames = 20;
    private const int MaxDepth = 5;

    /// <summary>Converts a value to a number.</summary>
    /// <returns>False if it is not numeric.</returns>
    public static bool TryGet(in AvroValue value, out double number)
    {
        number = 0;
        switch (value.Type.Kind)
        {
            case "int" or "long":
                number = value.Long;
                return true;
            case "float" or "double":
                number = value.Double;
                return true;
            default:
                return value.Type.Logical.Kind == LogicalKind.Decimal
                    && double.TryParse(AvroJson.TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        }
    }

    /// <summary>The paths of the numeric fields, also of nested records.</summary>
    /// <returns>At most the first 20 paths.</returns>
    public static IReadOnlyList<string> FieldsOf(AvroType schema) => [.. Paths(schema, "", 0).Take(MaxNames)];

    private static IEnumerable<string> Paths(AvroType type, string prefix, int level) => level > MaxDepth
        ? []
        : type.Kind switch
        {
            "record" or "error" => type.Fields.SelectMany(field => Paths(field.Type, prefix.Length == 0 ? field.Name : $"{prefix}.{field.Name}", level + 1)),
            "union" => type.Branches.SelectMany(branch => Paths(branch, prefix, level)).Distinct(),
            "int" or "long" or "float" or "double" when prefix.Length > 0 => [prefix],
            _ when type.Logical.Kind == LogicalKind.Decimal && prefix.Length > 0 => [prefix],
            _ => [],
        };
}
