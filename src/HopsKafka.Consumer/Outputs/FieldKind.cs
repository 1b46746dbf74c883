using HopsKafka.Avro;

namespace HopsKafka.Consumer.Outputs;

/// <summary>What a type is to a condition: a number, a date or time, or a text.</summary>
internal static class FieldKind
{
    /// <summary>Whether it is a binary fraction.</summary>
    public static bool IsReal(AvroType type) => type.Kind is "float" or "double";

    /// <summary>Whether it is a whole number and means no date or time.</summary>
    public static bool IsWhole(AvroType type) => type.Kind is "int" or "long" && type.Logical.Kind == LogicalKind.None;

    /// <summary>Whether it is a date, a time of day or a point in time.</summary>
    public static bool IsTime(AvroType type) => WantedTime.NameOf(type.Logical.Kind) is not null;

    /// <summary>Whether it is a number of any kind.</summary>
    public static bool IsNumber(AvroType type) => IsReal(type) || IsWhole(type) || type.Logical.Kind == LogicalKind.Decimal;

    /// <summary>Whether it is compared as the text that is shown, so that patterns fit it.</summary>
    public static bool IsText(AvroType type) => !IsNumber(type) && !IsTime(type) && type.Kind is not ("boolean" or "null");
}
