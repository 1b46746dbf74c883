using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HopsKafka.Cli;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Consumer.Positions;

namespace HopsKafka.Consumer.CommandLine;

/// <summary>The options that say what is read, and what becomes of what cannot be.</summary>
internal static class PositionOptionGroup
{
    private static readonly Option<StartPosition?> s_from = Point(
        "--from",
        "Start at beginning, end, committed, an offset, offsets such as 0:124,1:88, a time such as 2026-01-31T08:00:00Z, or an age such as "
        + "-15m. [default: committed; for a new group auto.offset.reset]",
        "beginning|end|committed|OFFSETS|TIME",
        text => StartPosition.TryParse(text, CommandContext.Current.Time.GetUtcNow()),
        "beginning, end, committed, an offset, offsets such as 0:124,1:88, a time such as 2026-01-31T08:00:00Z or an age such as -1h");

    private static readonly Option<StopPosition?> s_until = Point(
        "--until",
        "Exit at the end that the partitions have at the start, or before an offset, offsets, or a time as for --from.",
        "end|OFFSETS|TIME",
        text => StopPosition.TryParse(text, CommandContext.Current.Time.GetUtcNow()),
        "end, an offset, offsets such as 0:124,1:88, a time such as 2026-01-31T08:00:00Z or an age such as -1h");

    private static readonly Option<double> s_idleExit = NumberOptions.Seconds("--idle-exit", [], "Exit when no event arrives for this number of seconds.", 0);

    private static readonly Option<int[]?> s_partitions = new("--partition")
    {
        Description = "Read only these partitions, without joining the group and without committing.",
        HelpName = "0,1",
        CustomParser = ParsePartitions,
    };

    private static readonly Option<bool> s_noCommit = new("--no-commit") { Description = "Do not commit offsets to the group." };

    private static readonly Option<string[]?> s_onError = new("--on-error")
    {
        Description = "For an event that cannot be decoded, exit 1 (stop), log and count it (skip), or append it to FILE as a line of JSON (dead-letter). "
            + "[default: stop]",
        HelpName = "stop|skip|dead-letter FILE",
        Arity = new ArgumentArity(1, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> s_failOnSkip = new("--fail-on-skip")
    {
        Description = "Exit 1 at the end if any event was skipped or became a dead letter.",
    };

    /// <summary>Adds them to a command.</summary>
    public static void AddTo(Command command)
    {
        s_idleExit.DefaultValueFactory = null;
        command.AddGroup(HelpGroup.Position, s_from, s_until, s_idleExit, s_partitions, s_noCommit);
        command.AddGroup(HelpGroup.Errors, s_onError, s_failOnSkip);
        command.AddCheck(Check);
    }

    /// <summary>Reads what is asked of the topic.</summary>
    /// <param name="exitAtEnd">Whether to end at the end: another word for <c>--until end</c>.</param>
    public static PositionOptions Positions(ParseResult parsed, bool exitAtEnd) => new()
    {
        From = parsed.GetValue(s_from),
        Until = parsed.GetValue(s_until) ?? (exitAtEnd ? new StopPosition.End() : null),
        IdleExit = parsed.GetResult(s_idleExit) is null ? null : TimeSpan.FromSeconds(parsed.GetValue(s_idleExit)),
        Partitions = parsed.GetResult(s_partitions) is null ? null : parsed.GetValue(s_partitions),
        NoCommit = parsed.GetValue(s_noCommit),
    };

    /// <summary>Whether the end is another one than that of the partitions.</summary>
    public static bool EndsElsewhere(CommandResult result) => result.GetValue(s_until) is not (null or StopPosition.End);

    /// <summary>Reads what becomes of events that cannot be decoded.</summary>
    public static ErrorPolicy Errors(ParseResult parsed)
    {
        var words = parsed.GetResult(s_onError) is null ? [] : parsed.GetValue(s_onError)!;
        return new ErrorPolicy(KindOf(words) ?? ErrorPolicyKind.Stop, words.ElementAtOrDefault(1), parsed.GetValue(s_failOnSkip));
    }

    private static ErrorPolicyKind? KindOf(string[] words) => words switch
    {
        [] or ["stop"] => ErrorPolicyKind.Stop,
        ["skip"] => ErrorPolicyKind.Skip,
        ["dead-letter", _] => ErrorPolicyKind.DeadLetter,
        _ => null,
    };

    private static void Check(CommandResult result)
    {
        if (result.GetResult(s_idleExit) is { Implicit: false } && !result.GetResult(s_idleExit)!.Errors.Any() && result.GetValue(s_idleExit) == 0)
        {
            result.AddError("Option --idle-exit must be more than 0 seconds.");
        }

        if ((result.GetValue(s_from), result.GetValue(s_until)) is (StartPosition.Offset { Value: var first }, StopPosition.Offset { Value: var end }) && first > end)
        {
            result.AddError($"Option --until {end} lies before --from {first}: nothing could be read.");
        }

        var words = result.GetResult(s_onError)?.Tokens.Select(t => t.Value).ToArray() ?? [];
        if (KindOf(words) is not { } kind)
        {
            result.AddError($"Option --on-error must be stop, skip or dead-letter FILE, not '{string.Join(' ', words)}'.");
        }
        else if (kind == ErrorPolicyKind.Stop && result.GetValue(s_failOnSkip))
        {
            result.AddError("Option --fail-on-skip needs --on-error skip or dead-letter FILE: without them the first bad event ends the run.");
        }
    }

    private static Option<T?> Point<T>(string name, string description, string words, Func<string, T?> parse, string wanted)
        where T : class => new(name)
        {
            Description = description,
            HelpName = words,
            CustomParser = result =>
            {
                var point = parse(result.Tokens[0].Value);
                if (point is null)
                {
                    result.AddError($"Option {name} must be {wanted}, not '{result.Tokens[0].Value}'.");
                }

                return point;
            },
        };

    private static int[] ParsePartitions(ArgumentResult result)
    {
        var partitions = new SortedSet<int>();
        foreach (var word in result.Tokens[0].Value.Split(','))
        {
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var partition))
            {
                partitions.Add(partition);
            }
            else
            {
                result.AddError($"Option --partition must be numbers of partitions such as 0,1, not '{result.Tokens[0].Value}'.");
                break;
            }
        }

        return [.. partitions];
    }
}
