using System.Collections;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Cli;

/// <summary>
/// Streams, environment and clock of a command. The tools use <see cref="OfProcess"/>; each test run has its own context, so many run in parallel. It flows
/// with the execution context to tasks and threads, but not to librdkafka's own threads.
/// </summary>
internal sealed class CommandContext
{
    private static readonly AsyncLocal<CommandContext?> s_current = new();
    private static readonly Lazy<CommandContext> s_ofProcess = new(CreateForProcess);

    private const int Descriptor = 1;

    private readonly Lazy<StandardOutput> _output;

    /// <summary>Creates a context.</summary>
    /// <param name="output">Opens stdout, at its first use.</param>
    public CommandContext(Func<StandardOutput> output) => _output = new Lazy<StandardOutput>(output);

    /// <summary>The context of the running command.</summary>
    public static CommandContext Current => s_current.Value ?? OfProcess;

    /// <summary>The process's own streams, environment and clock.</summary>
    public static CommandContext OfProcess => s_ofProcess.Value;

    /// <summary>The name of the tool, for its help and version.</summary>
    public required string Tool { get; set; }

    /// <summary>Opens stdin, which changes a terminal's settings.</summary>
    public required Func<TextReader> Input { get; init; }

    /// <summary>Opens stdin as bytes.</summary>
    public Func<Stream> InputStream { get; init; } = () => Stream.Null;

    /// <summary>Whether stdin is not a terminal, so that there can be no prompt.</summary>
    public bool IsInputRedirected { get; init; } = true;

    /// <summary>stdout.</summary>
    /// <exception cref="HopsKafkaException">stdout is closed.</exception>
    public StandardOutput Output => _output.Value;

    /// <summary>Whether stdout is not a terminal.</summary>
    public bool IsOutputRedirected { get; init; } = true;

    /// <summary>Columns of the terminal; null if stdout is not a terminal.</summary>
    public int? OutputWidth => IsOutputRedirected || TerminalWidth() is not (> 0 and var width) ? null : width;

    /// <summary>Columns of the terminal; 0 if unknown.</summary>
    public Func<int> TerminalWidth { get; init; } = () => 0;

    /// <summary>stderr.</summary>
    public required LogOutput Log { get; init; }

    /// <summary>The environment's variables by name.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes it the current context of this execution context.</summary>
    /// <returns>Restores the previous context on disposal.</returns>
    public IDisposable Use()
    {
        var before = s_current.Value;
        s_current.Value = this;
        return new UseEnd(before);
    }

    /// <summary>Name of the profile of <c>~/.hops.toml</c> to use in place of a configuration file; null for none.</summary>
    public string? Profile { get; set; }

    /// <summary>Whether the configuration file was named: then it must exist.</summary>
    public bool IsConfigGiven { get; set; }

    /// <summary>Whether a configuration file is read; otherwise the server is asked.</summary>
    public bool ReadsConfig(string path) => Profile is null && (IsConfigGiven || Path.Exists(path));

    /// <summary>Reads a configuration file and the environment; without a file, environment or profile name the project, and the server is asked for the rest.</summary>
    /// <param name="path">Path of the file, as the user gave it.</param>
    /// <param name="needsTopic">False for a command that works without a topic: it and its schema may be absent, and are then empty.</param>
    /// <param name="topic">The topic that an option names, if there is no file; null for the configured one.</param>
    /// <exception cref="HopsKafkaException">A setting is missing or wrong (exit code 2), or the server refuses a call.</exception>
    public async Task<HopsKafkaConfig> LoadConfigAsync(string path, CancellationToken stop, bool needsTopic = true, string? topic = null) => ReadsConfig(path)
        ? ConfigLoader.Load(path, Environment, needsTopic)
        : await ServerConfig.LoadAsync(path, Environment, Profile, needsTopic, topic, stop);

    private static CommandContext CreateForProcess() => new(() => new StandardOutput(Descriptor))
    {
        Tool = Path.GetFileNameWithoutExtension(System.Environment.GetCommandLineArgs()[0]),
        Input = () => Console.In,
        InputStream = Console.OpenStandardInput,
        IsInputRedirected = Console.IsInputRedirected,
        IsOutputRedirected = Console.IsOutputRedirected,
        TerminalWidth = () => Console.WindowWidth,
        Log = LogOutput.ToStderr(),
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? ""),
    };

    private sealed class UseEnd(CommandContext? before) : IDisposable
    {
        public void Dispose() => s_current.Value = before;
    }
}
