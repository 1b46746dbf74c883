namespace HopsKafka.SchemaRegistry;

/// <summary>What a new version of a subject must keep. <c>Transitive</c> means towards all versions, not only the latest.</summary>
public enum Compatibility
{
    /// <summary>Anything goes.</summary>
    None,

    /// <summary>Readers with the old schema can read new data.</summary>
    Forward,

    /// <summary>Readers with the new schema can read old data. The level of a new Hopsworks project.</summary>
    Backward,

    /// <summary>Both ways.</summary>
    Full,

    /// <summary>As <see cref="Forward"/>, towards all versions.</summary>
    ForwardTransitive,

    /// <summary>As <see cref="Backward"/>, towards all versions.</summary>
    BackwardTransitive,

    /// <summary>As <see cref="Full"/>, towards all versions.</summary>
    FullTransitive,
}

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
