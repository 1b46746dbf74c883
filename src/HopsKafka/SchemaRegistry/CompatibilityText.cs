using System.Text.Json;
using Confluent.SchemaRegistry;

namespace HopsKafka.SchemaRegistry;

/// <summary>The registry's spelling of compatibility levels, such as <c>BACKWARD_TRANSITIVE</c>.</summary>
internal static class CompatibilityText
{
    public static string Of(Compatibility level) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(level.ToString());

    /// <exception cref="FormatException">There is no such level.</exception>
    public static Compatibility Parse(string text)
    {
        foreach (var level in Enum.GetValues<Compatibility>())
        {
            if (Of(level) == text)
            {
                return level;
            }
        }

        throw new FormatException("not a compatibility level");
    }
}
