using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tool.Schemas;

/// <summary>How a registered schema compares with the local one, in words and for programs.</summary>
internal static class MatchText
{
    public static string Words(SchemaMatch? match) => match switch
    {
        SchemaMatch.Same => "the same",
        SchemaMatch.SameBytes => "same bytes",
        SchemaMatch.Different => "different",
        _ => "-",
    };

    public static string? Json(SchemaMatch? match) => match switch
    {
        SchemaMatch.Same => "same",
        SchemaMatch.SameBytes => "same_bytes",
        SchemaMatch.Different => "different",
        _ => null,
    };
}
