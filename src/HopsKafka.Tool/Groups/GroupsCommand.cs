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
        Description = "The group. [default: a list of all groups]", Arity = ArgumentArity.ZeroOrOne, CompletionSources = { ProjectNames.Groups },
    };

    private static readonly Option<ResetTarget?> s_reset = new("--reset-to")
    {
        Description = "Set the group's offsets in the topic: beginning, end, or a time such as 2026-01-31T08:00:00Z. Asks first.",
        HelpName = "TARGET",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var target = ResetTarget.TryParse(text);
            if (target is null)
            {
                result.AddError($"Option --reset-to takes beginning, end or a time such as 2026-01-31T08:00:00Z, not '{text}'.");
            }

            return target;
        },
    };

    private static readonly Option<bool> s_yes = new("--yes", "-y") { Description = "With --reset-to: do not ask." };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("groups", "Shows consumer groups: members, committed offsets, lag. Sets a group's offsets.")
        {
            s_name, SharedOptions.Config, s_reset, s_yes, SharedOptions.Json,
        };
        command.AddCheck(result =>
        {
            if (result.GetResult(s_reset) is not null && result.GetResult(s_name) is not { Tokens.Count: > 0 })
            {
                result.AddError("Option --reset-to needs the name of a group.");
            }

            if (result.GetValue(s_yes) && result.GetResult(s_reset) is null)
            {
                result.AddError("Option --yes cannot be used without --reset-to: nothing else is asked.");
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
