namespace HopsKafka.Registry;

/// <summary>The registry's spelling of compatibility levels.</summary>
public static class CompatibilityText
{
    private static readonly Dictionary<Compatibility, string> s_texts = new()
    {
        [Compatibility.None] = "NONE",
        [Compatibility.Forward] = "FORWARD",
        [Compatibility.Backward] = "BACKWARD",
        [Compatibility.Full] = "FULL",
        [Compatibility.ForwardTransitive] = "FORWARD_TRANSITIVE",
        [Compatibility.BackwardTransitive] = "BACKWARD_TRANSITIVE",
        [Compatibility.FullTransitive] = "FULL_TRANSITIVE",
    };

    /// <summary>A level as the registry spells it, such as <c>BACKWARD</c>.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The text.</returns>
    public static string Of(Compatibility level) => s_texts[level];

    /// <summary>Reads the registry's spelling.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The level.</returns>
    /// <exception cref="FormatException">There is no such level.</exception>
    public static Compatibility Parse(string text)
    {
        foreach (var (level, name) in s_texts)
        {
            if (name == text)
            {
                return level;
            }
        }

        throw new FormatException("not a compatibility level");
    }
}
