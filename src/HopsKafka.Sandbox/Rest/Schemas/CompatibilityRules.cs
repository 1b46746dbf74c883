using Confluent.SchemaRegistry;
using HopsKafka.Avro;

namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>The names of the levels in the API, and what each requires of a new schema.</summary>
internal static class CompatibilityRules
{
    private static readonly Dictionary<string, Compatibility> Levels = new()
    {
        ["NONE"] = Compatibility.None,
        ["BACKWARD"] = Compatibility.Backward,
        ["BACKWARD_TRANSITIVE"] = Compatibility.BackwardTransitive,
        ["FORWARD"] = Compatibility.Forward,
        ["FORWARD_TRANSITIVE"] = Compatibility.ForwardTransitive,
        ["FULL"] = Compatibility.Full,
        ["FULL_TRANSITIVE"] = Compatibility.FullTransitive,
    };

    public static Compatibility? Parse(string text) => Levels.TryGetValue(text, out var level) ? level : null;

    public static string Text(Compatibility level) => Levels.First(pair => pair.Value == level).Key;

    public static IEnumerable<string> Texts => Levels.Keys;

    /// <param name="previous">The registered ones, the latest first.</param>
    public static bool Allows(Compatibility level, AvroType candidate, IEnumerable<AvroType> previous) => level switch
    {
        Compatibility.None => true,
        Compatibility.Backward => previous.Take(1).All(old => Reads(candidate, old)),
        Compatibility.BackwardTransitive => previous.All(old => Reads(candidate, old)),
        Compatibility.Forward => previous.Take(1).All(old => Reads(old, candidate)),
        Compatibility.ForwardTransitive => previous.All(old => Reads(old, candidate)),
        Compatibility.Full => previous.Take(1).All(old => Reads(candidate, old) && Reads(old, candidate)),
        _ => previous.All(old => Reads(candidate, old) && Reads(old, candidate)),
    };

    private static bool Reads(AvroType reader, AvroType writer) => SchemaCompatibility.CanRead(reader, writer);
}
