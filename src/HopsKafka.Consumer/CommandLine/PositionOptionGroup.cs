using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HopsKafka.Cli;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Consumer.Positions;

namespace HopsKafka.Consumer.CommandLine;

/// <summary>The options of start, end, partitions, and events that cannot be decoded.</summary>
internal static class PositionOptionGroup
{
    private const double MinIdleSeconds = 0.001;
    private const long MaxTail = 1_000_000;

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

    private static readonly Option<double> s_idleExit = NumberOptions.Seconds("--idle-exit", [], "Exit when no event arrives for this number of seconds.", 0, MinIdleSeconds);

    private static readonly Option<int[]?> s_partitions = new("--partition")
    {
        Description = "Read only these partitions, without joining the group and without committing.",
        HelpName = "0,1",
        CustomParser = ParsePartitions,
    };

    private static readonly Option<bool> s_noCommit = new("--no-commit") { Description = "Do not commit offsets to the group." };

    private static readonly Option<long> s_tail = NumberOptions.Whole(
        "--tail", [], "Print the last N events of the topic by their time, without joining the group and without committing, then exit.", 0, 1, MaxTail);

    private static readonly Option<bool> s_follow = new("--follow") { Description = "With --tail, continue with new events." };

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
        s_tail.DefaultValueFactory = null;
        command.AddGroup(HelpGroup.Position, s_from, s_until, s_tail, s_follow, s_idleExit, s_partitions, s_noCommit);
        command.AddGroup(HelpGroup.Errors, s_onError, s_failOnSkip);
        command.AddCheck(Check);
    }

    /// <summary>Reads the positions.</summary>
    /// <param name="exitAtEnd">Whether <c>--exit-at-end</c> is given, which means <c>--until end</c>.</param>
    public static PositionOptions Positions(ParseResult parsed, bool exitAtEnd) => new()
    {
        From = parsed.GetValue(s_from),
        Until = parsed.GetValue(s_until) ?? (exitAtEnd ? new StopPosition.End() : null),
        IdleExit = parsed.GetResult(s_idleExit) is null ? null : TimeSpan.FromSeconds(parsed.GetValue(s_idleExit)),
        Partitions = parsed.GetResult(s_partitions) is null ? null : parsed.GetValue(s_partitions),
        NoCommit = parsed.GetValue(s_noCommit),
        Tail = parsed.GetResult(s_tail) is null ? null : new TailOptions((int)parsed.GetValue(s_tail), parsed.GetValue(s_follow)),
    };

    /// <summary>Whether <c>--until</c> names another end than that of the partitions.</summary>
    public static bool EndsElsewhere(CommandResult result) => result.GetValue(s_until) is not (null or StopPosition.End);

    /// <summary>Reads the handling of events that cannot be decoded.</summary>
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

    /// <summary>Adds an error for each option that contradicts <c>--tail</c>.</summary>
    /// <param name="others">Options of other groups that set the start or the end.</param>
    /// <param name="limits">Options of other groups that end a run with <c>--follow</c>.</param>
    public static void CheckTail(CommandResult result, IEnumerable<Option> others, IEnumerable<Option> limits)
    {
        if (result.GetResult(s_tail) is null)
        {
            if (result.GetValue(s_follow))
            {
                result.AddError("Option --follow needs --tail N: without --tail, the consumer waits for new events anyway.");
            }

            return;
        }

        foreach (var option in others.Prepend(s_until).Prepend(s_from).Where(o => result.GetResult(o) is { Implicit: false }))
        {
            result.AddError($"Options --tail and {option.Name} cannot be used together: --tail N itself determines where reading starts and ends.");
        }

        foreach (var option in limits.Prepend(s_idleExit).Where(o => !result.GetValue(s_follow) && result.GetResult(o) is { Implicit: false }))
        {
            result.AddError($"Option {option.Name} needs --follow beside --tail: without it the run ends after the last events.");
        }
    }

    private static void Check(CommandResult result)
    {
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
                    result.AddError(PositionParser.RepeatedPartition(result.Tokens[0].Value) is { } repeated
                        ? $"Option {name} names partition {repeated} more than once: '{result.Tokens[0].Value}'."
                        : $"Option {name} must be {wanted}, not '{result.Tokens[0].Value}'.");
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
