using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>Runs a command line, and converts failures to messages and exit codes.</summary>
internal static class CliHost
{
    private const int MinWidth = 60;
    private const int DefaultWidth = 80;
    private const int MaxWidth = 100;
    private const int MaxFrames = 10;

    /// <summary>
    /// Runs a command in this process. The exit code is <see cref="ExitCode.Usage"/> for a wrong command line, and that of a
    /// <see cref="HopsKafkaException"/>; Ctrl-C, SIGTERM and SIGHUP cancel the handler's token, a second signal ends the process at once.
    /// </summary>
    public static async Task<int> RunAsync(RootCommand command, string[] args, string? name = null)
    {
        AppDomain.CurrentDomain.UnhandledException += (_, _) => ConsoleLog.FlushBriefly();
        Prepare(command);
        CommandContext.OfProcess.Tool = name ?? CommandContext.OfProcess.Tool;
        using var stop = new StopSignal();
        try
        {
            var parsed = Parse(command, args, CommandContext.OfProcess);
            CoreDumps.TurnOff();
            return await RunAsync(parsed, args, CommandContext.OfProcess, stop.Token);
        }
        finally
        {
            CommandContext.OfProcess.Log.Flush(stop.Token);
        }
    }

    /// <summary>Gives a root command the options of all tools, once.</summary>
    public static void Prepare(RootCommand command) => LogOptions.AddTo(command);

    /// <summary>Parses and runs.</summary>
    /// <param name="context">Streams, environment and clock of the command.</param>
    /// <param name="stop">Canceled by the first signal.</param>
    public static async Task<int> RunAsync(RootCommand command, string[] args, CommandContext context, CancellationToken stop)
    {
        using var use = context.Use();
        return await RunAsync(Parse(command, args, context), args, context, stop);
    }

    private static ParseResult Parse(RootCommand command, string[] args, CommandContext context)
    {
        // A tool with subcommands prints its help without arguments.
        var words = command.Subcommands.Count == 0 ? args : args is [] or ["help", ..] ? [.. args.Skip(1), "--help"] : args;
        var parsed = command.Parse(words);
        LogOptions.Apply(parsed, context);
        ConnectionOptions.Apply(parsed, context);
        return parsed;
    }

    private static async Task<int> RunAsync(ParseResult parsed, string[] args, CommandContext context, CancellationToken stop)
    {
        if (CommandLineErrors.Of(parsed, args, CommandOf(parsed, context)) is { Count: > 0 } errors)
        {
            foreach (var error in errors)
            {
                ConsoleLog.Error(error, error == errors[^1] ? $"{CommandOf(parsed, context)} --help lists the options." : null, ErrorCodes.CommandLine);
            }

            return ExitCode.Usage;
        }

        try
        {
            if (parsed.Action is HelpAction)
            {
                DataOutput.Text(new HelpText(HelpWidth(context)).Of(HelpPage.Of(parsed.CommandResult, CommandOf(parsed, context))));
                return ExitCode.Ok;
            }

            // For --version and completion; commands write to stdout directly.
            using var text = new StringWriter();

            // StopSignal handles signals: System.CommandLine would end the process on a second Ctrl-C or during a long flush.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = text };
            var code = await parsed.InvokeAsync(configuration, stop);
            if (text.GetStringBuilder().Length > 0)
            {
                DataOutput.Text(CompletionWords.AreRequested(parsed) ? CompletionWords.Shown(text.ToString()) : text.ToString());
            }

            if (context.Log.IsVerbose)
            {
                ConsoleLog.Detail(
                    $"Garbage collections of generation 0, 1, 2: {GC.CollectionCount(0)}, {GC.CollectionCount(1)}, {GC.CollectionCount(2)}; "
                    + $"{GC.GetTotalMemory(forceFullCollection: false) / 1e6:0.0} MB on the managed heap. Native memory comes from {Allocator.Name}.");
            }

            return code;
        }
        catch (Exception e) when (e is IHopsKafkaError error)
        {
            ConsoleLog.Error(error);
            return error.ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            ConsoleLog.Report("Stopped.");
            return ExitCode.Failed;
        }
        catch (IOException e)
        {
            // No more specific exception was thrown.
            ConsoleLog.Error($"Output cannot be written: {e.Message}", "Redirect it elsewhere.", ErrorCodes.Output);
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var cause = e.GetBaseException();
            ConsoleLog.Error(
                $"Unexpected error ({cause.GetType().Name}): {cause.Message.ReplaceLineEndings(" ")}",
                "This is a defect of the tool: please report it, with these lines.",
                ErrorCodes.Defect,
                [.. (cause.StackTrace ?? "").Split('\n', MaxFrames + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MaxFrames)]);
            return ExitCode.Failed;
        }
    }

    // Longer lines are hard to read, however wide the terminal is.
    private static int HelpWidth(CommandContext context) => Math.Clamp(context.OutputWidth ?? DefaultWidth, MinWidth, MaxWidth);

    private static string CommandOf(ParseResult parsed, CommandContext context)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result.Command is not RootCommand; result = (CommandResult)result.Parent!)
        {
            names.Insert(0, result.Command.Name);
        }

        return string.Join(' ', names.Prepend(context.Tool));
    }
}
