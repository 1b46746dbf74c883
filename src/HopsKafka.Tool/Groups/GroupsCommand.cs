using System.CommandLine;
using System.CommandLine.Parsing;
using HopsKafka.Cli;

namespace HopsKafka.Tool.Groups;

/// <summary>The command line of <c>hops-kafka groups</c>.</summary>
internal static class GroupsCommand
{
    private const long MostShift = 1L << 53;

    private static readonly Argument<string?> s_name = new("NAME")
    {
        Description = "Consumer group to show. [default: a list of all groups]", Arity = ArgumentArity.ZeroOrOne, CompletionSources = { ProjectNames.Groups },
    };

    private static readonly Option<ResetTarget?> s_reset = new("--reset-to")
    {
        Description = "Set the group's offsets in the topic to beginning, end, offsets such as 0:124,1:88, or a time such as 2026-01-31T08:00:00Z, after a confirmation.",
        HelpName = "beginning|end|OFFSETS|TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var target = ResetTarget.TryParse(text);
            if (target is null)
            {
                result.AddError($"Option --reset-to must be beginning, end, offsets such as 0:124,1:88 or a time such as 2026-01-31T08:00:00Z, not '{text}'.");
            }

            return target;
        },
    };

    private static readonly Option<long> s_shift = NumberOptions.Whole(
        "--shift", [], "Move the group's committed offsets in the topic by N, backward if negative, within what each partition holds, after a confirmation.",
        0, -MostShift, MostShift);

    private static readonly Option<bool> s_delete = new("--delete") { Description = "Delete the group and its committed offsets in all topics, after a confirmation." };

    private static readonly Option<bool> s_dryRun = new("--dry-run") { Description = "With --reset-to, --shift or --delete, show what would change, and change nothing." };

    private static readonly Option<bool> s_yes = new("--yes", "-y") { Description = "With --reset-to, --shift or --delete, do not ask for confirmation." };

    private static readonly Option[] s_changes = [s_reset, s_shift, s_delete];

    static GroupsCommand()
    {
        s_shift.DefaultValueFactory = null;
        s_reset.CompletionSources.Add("beginning", "end");
    }

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("groups", "Shows consumer groups with members, committed offsets and lag, sets the offsets of a group, or deletes one.") { s_name };
        command.AddConnection();
        command.AddGroup(HelpGroup.Changes, s_reset, s_shift, s_delete, s_dryRun, s_yes);
        command.AddGroup(HelpGroup.Output, SharedOptions.Json);
        command.AddExample("List the groups", "hops-kafka groups");
        command.AddExample("Let a group read the topic again", "hops-kafka groups mygroup --reset-to beginning");
        command.AddExample("Show what moving back by 100 events would change", "hops-kafka groups mygroup --shift -100 --dry-run");
        command.AddCheck(Check);
        command.SetAction((parsed, stop) => new GroupsRun(Request(parsed)).RunAsync(stop));
        return command;
    }

    private static GroupsRequest Request(ParseResult parsed) => new(
        parsed.GetValue(SharedOptions.Config)!, parsed.GetValue(s_name), parsed.GetValue(SharedOptions.Json))
    {
        Reset = parsed.GetValue(s_reset),
        Shift = parsed.GetResult(s_shift) is null ? null : parsed.GetValue(s_shift),
        Delete = parsed.GetValue(s_delete),
        IsDryRun = parsed.GetValue(s_dryRun),
        Yes = parsed.GetValue(s_yes),
    };

    private static void Check(CommandResult result)
    {
        var changes = s_changes.Where(option => result.GetResult(option) is { Implicit: false }).Select(option => option.Name).ToList();
        if (changes.Count > 1)
        {
            result.AddError($"Options {string.Join(", ", changes.SkipLast(1))} and {changes[^1]} cannot be used together.");
        }

        if (changes.Count > 0 && result.GetResult(s_name) is not { Tokens.Count: > 0 })
        {
            result.AddError($"Option {changes[0]} needs the name of a group.");
        }

        foreach (var option in new[] { s_dryRun, s_yes }.Where(option => changes.Count == 0 && result.GetValue(option)))
        {
            result.AddError($"Option {option.Name} cannot be used without --reset-to, --shift or --delete.");
        }

        if (result.GetValue(s_dryRun) && result.GetValue(s_yes))
        {
            result.AddError("Option --yes cannot be used with --dry-run, which does not ask.");
        }

        if (result.GetResult(s_shift) is { Implicit: false } shift && !shift.Errors.Any() && result.GetValue(s_shift) == 0)
        {
            result.AddError("Option --shift must be a number other than 0.");
        }
    }
}
