using System.CommandLine;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Tool.Completion;

/// <summary>The command line of <c>hops-kafka completion</c>: a script with which a shell requests completions from the tools.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> s_shell = new("SHELL")
    {
        Description = "Shell: bash, zsh, fish or pwsh.", Arity = ArgumentArity.ExactlyOne,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        s_shell.OnlyOf([.. CompletionScript.Shells]);
        var command = new Command("completion", "Prints a script that completes the tools' command lines in a shell.") { s_shell };
        command.AddExample("Complete in this session of bash", "source <(hops-kafka completion bash)");
        command.SetAction(parsed =>
        {
            DataOutput.Text(CompletionScript.Of(parsed.GetValue(s_shell)!));
            return ExitCode.Ok;
        });
        return command;
    }
}
