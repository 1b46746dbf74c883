using System.Text.RegularExpressions;

namespace HopsKafka.TestKit.Documentation;

/// <summary>A command of a page, and what the page shows of its output.</summary>
/// <param name="Line">The command line, without the prompt.</param>
/// <param name="Expected">The lines below it.</param>
/// <param name="ExitCode">How it is to end.</param>
/// <param name="Place">Page and line of the block.</param>
public sealed partial record PageCommand(string Line, IReadOnlyList<string> Expected, int ExitCode, string Place)
{
    /// <summary>Its words, as a shell takes them apart; single quotes are all that pages use.</summary>
    public IReadOnlyList<string> Words => [.. Word().Matches(Line).Select(m => m.Groups["quoted"].Success ? m.Groups["quoted"].Value : m.Value)];

    public override string ToString() => $"{Place}: $ {Line}";

    [GeneratedRegex(@"'(?<quoted>[^']*)'|\S+")]
    private static partial Regex Word();
}
