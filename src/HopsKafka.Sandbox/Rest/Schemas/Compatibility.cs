using HopsKafka.Avro;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>The levels' spelling on the wire, and what each asks of a new schema.</summary>
internal static class Compatibility
{
    private static readonly Dictionary<string, CompatibilityLevel> Levels = new()
    {
        ["NONE"] = CompatibilityLevel.None,
        ["BACKWARD"] = CompatibilityLevel.Backward,
        ["BACKWARD_TRANSITIVE"] = CompatibilityLevel.BackwardTransitive,
        ["FORWARD"] = CompatibilityLevel.Forward,
        ["FORWARD_TRANSITIVE"] = CompatibilityLevel.ForwardTransitive,
        ["FULL"] = CompatibilityLevel.Full,
        ["FULL_TRANSITIVE"] = CompatibilityLevel.FullTransitive,
    };

    public static CompatibilityLevel? Parse(string text) => Levels.TryGetValue(text, out var level) ? level : null;

    public static string Text(CompatibilityLevel level) => Levels.First(pair => pair.Value == level).Key;

    public static IEnumerable<string> Texts => Levels.Keys;

    /// <param name="level">The level in force.</param>
    /// <param name="candidate">The new schema.</param>
    /// <param name="previous">The registered ones, the latest first.</param>
    public static bool Allows(CompatibilityLevel level, AvroType candidate, IEnumerable<AvroType> previous) => level switch
    {
        CompatibilityLevel.None => true,
        CompatibilityLevel.Backward => previous.Take(1).All(old => Reads(candidate, old)),
        CompatibilityLevel.BackwardTransitive => previous.All(old => Reads(candidate, old)),
        CompatibilityLevel.Forward => previous.Take(1).All(old => Reads(old, candidate)),
        CompatibilityLevel.ForwardTransitive => previous.All(old => Reads(old, candidate)),
        CompatibilityLevel.Full => previous.Take(1).All(old => Reads(candidate, old) && Reads(old, candidate)),
        _ => previous.All(old => Reads(candidate, old) && Reads(old, candidate)),
    };

    private static bool Reads(AvroType reader, AvroType writer) => AvroResolution.CanRead(reader, writer);
}
