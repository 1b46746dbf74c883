using System.CommandLine;
using System.Reflection;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer;
using HopsKafka.Producer;

namespace HopsKafka.Tool.Manual;

/// <summary>The command line of <c>hops-kafka man</c>: the manual pages of the three tools, from what --help shows.</summary>
internal static class ManCommand
{
    private const string HopsKafka = "hops-kafka";

    private static readonly Argument<string> s_tool = new("TOOL")
    {
        Description = $"The tool: {SiblingTool.Producer}, {SiblingTool.Consumer} or {HopsKafka}.", Arity = ArgumentArity.ExactlyOne,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        s_tool.OnlyOf(SiblingTool.Producer, SiblingTool.Consumer, HopsKafka);
        var command = new Command("man", "Prints the manual page of a tool, in roff.") { s_tool };
        command.AddExample("Print the page of avro-consumer, which man -l - shows", $"{HopsKafka} man {SiblingTool.Consumer}");
        command.SetAction(parsed =>
        {
            var tool = parsed.GetValue(s_tool)!;
            DataOutput.Text(ManualPage.Of(CommandOf(tool, parsed), tool, Version()));
            return ExitCode.Ok;
        });
        return command;
    }

    private static RootCommand CommandOf(string tool, ParseResult parsed)
    {
        if (tool == HopsKafka)
        {
            return (RootCommand)parsed.RootCommandResult.Command;
        }

        var other = tool == SiblingTool.Producer ? ProducerCommand.Create() : ConsumerCommand.Create();
        CliHost.Prepare(other);
        return other;
    }

    private static string Version() =>
        typeof(ManCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
