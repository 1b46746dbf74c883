using HopsKafka.Avro;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Whether a condition compares a type as a number, a date or time, or a string.</summary>
internal static class FieldKind
{
    /// <summary>Whether it is a float or double.</summary>
    public static bool IsFloatingPoint(AvroType type) => type.Kind is "float" or "double";

    /// <summary>Whether it is an int or long without a logical type.</summary>
    public static bool IsInteger(AvroType type) => type.Kind is "int" or "long" && type.Logical.Kind == LogicalKind.None;

    /// <summary>Whether it is a date, a time of day or a point in time.</summary>
    public static bool IsTime(AvroType type) => ComparisonTime.NameOf(type.Logical.Kind) is not null;

    /// <summary>Whether it is a number of any kind.</summary>
    public static bool IsNumber(AvroType type) => IsFloatingPoint(type) || IsInteger(type) || type.Logical.Kind == LogicalKind.Decimal;

    /// <summary>Whether it is compared as the text that is shown, so that patterns are allowed.</summary>
    public static bool IsText(AvroType type) => !IsNumber(type) && !IsTime(type) && type.Kind is not ("boolean" or "null");
}
