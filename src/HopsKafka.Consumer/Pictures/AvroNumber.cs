using System.Globalization;
using HopsKafka.Avro;

namespace HopsKafka.Consumer.Pictures;

/// <summary>Avro values as numbers, and which fields of a schema hold some.</summary>
internal static class AvroNumber
{
    private const int MostNames = 20;
    private const int MostLevels = 5;

    /// <summary>Takes a value as a number.</summary>
    /// <returns>False when it is none.</returns>
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

    /// <summary>The paths of the fields that may hold numbers, records within records included.</summary>
    /// <returns>The paths, the first ones of many.</returns>
    public static IReadOnlyList<string> FieldsOf(AvroType schema) => [.. Paths(schema, "", 0).Take(MostNames)];

    private static IEnumerable<string> Paths(AvroType type, string prefix, int level) => level > MostLevels
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
