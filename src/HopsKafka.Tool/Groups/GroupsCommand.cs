using System.CommandLine;
using System.Globalization;
using Confluent.Kafka.Admin;
using HopsKafka.Cli;

namespace HopsKafka.Tool.Groups;

/// <summary>The command line of <c>hops-kafka groups</c>.</summary>
internal static class GroupsCommand
{
    private static readonly Argument<string?> s_name = new("NAME")
    {
        Description = "Consumer group to show. [default: a list of all groups]", Arity = ArgumentArity.ZeroOrOne, CompletionSources = { ProjectNames.Groups },
    };

    private static readonly Option<ResetTarget?> s_reset = new("--reset-to")
    {
        Description = "Set the group's offsets in the topic to beginning, end, or a time such as 2026-01-31T08:00:00Z, after a question.",
        HelpName = "beginning|end|TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var target = ResetTarget.TryParse(text);
            if (target is null)
            {
                result.AddError($"Option --reset-to must be beginning, end or a time such as 2026-01-31T08:00:00Z, not '{text}'.");
            }

            return target;
        },
    };

    private static readonly Option<bool> s_yes = new("--yes", "-y") { Description = "With --reset-to, do not ask." };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("groups", "Shows consumer groups with members, committed offsets and lag, or sets the offsets of a group.") { s_name };
        command.AddGroup(HelpGroup.Connection, SharedOptions.Config);
        command.AddGroup(HelpGroup.Changes, s_reset, s_yes);
        command.AddGroup(HelpGroup.Output, SharedOptions.Json);
        command.AddExample("List the groups", "hops-kafka groups");
        command.AddExample("Let a group read the topic again", "hops-kafka groups mygroup --reset-to beginning");
        command.AddCheck(result =>
        {
            if (result.GetResult(s_reset) is not null && result.GetResult(s_name) is not { Tokens.Count: > 0 })
            {
                result.AddError("Option --reset-to needs the name of a group.");
            }

            if (result.GetValue(s_yes) && result.GetResult(s_reset) is null)
            {
                result.AddError("Option --yes cannot be used without --reset-to, the only action that asks.");
            }
        });
        command.SetAction((parsed, stop) => new GroupsRun(new GroupsRequest(
            parsed.GetValue(SharedOptions.Config)!,
            parsed.GetValue(s_name),
            parsed.GetValue(s_reset),
            parsed.GetValue(s_yes),
            parsed.GetValue(SharedOptions.Json))).RunAsync(stop));
        return command;
    }
}

/// <summary>Where a group's offsets are to be set.</summary>
/// <param name="IsEnd">The end, else the beginning.</param>
/// <param name="Time">The first event of this time; null for none.</param>
internal sealed record ResetTarget(bool IsEnd, DateTimeOffset? Time)
{
    /// <summary>Reads one; a time in ISO 8601 is in UTC where it does not say otherwise. Null for no target.</summary>
    public static ResetTarget? TryParse(string text) => text switch
    {
        "beginning" => new(false, null),
        "end" => new(true, null),
        { Length: >= 10 } when text[4] == '-' && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => new(false, time),
        _ => null,
    };

    /// <summary>In Kafka's words; the command line itself is to load no Kafka.</summary>
    public OffsetSpec ToOffsetSpec() =>
        Time is { } time ? OffsetSpec.ForTimestamp(time.ToUnixTimeMilliseconds()) : IsEnd ? OffsetSpec.Latest() : OffsetSpec.Earliest();
}
