using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>
/// The log of a command, on stderr; stdout is for data.
/// </summary>
internal sealed class LogOutput
{
    private const int LongestWrite = 64 * 1024;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestAfterStop = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly LogQueue? _queue;
    private readonly Action<string> _write;
    private readonly HashSet<string> _once = [];
    private ProgressLine? _progress;

    /// <summary>Writes each text at once, on the caller's thread.</summary>
    /// <param name="write">Writes a text with its line break; never called concurrently.</param>
    public LogOutput(Action<string> write)
    {
        _write = write;
        Logger = new ConsoleLogger(this);
    }

    private LogOutput(LogQueue queue)
        : this(queue.Add) => _queue = queue;

    /// <summary>The logger for the library.</summary>
    public ILogger Logger { get; }

    /// <summary>Whether details are logged: option --verbose.</summary>
    public bool IsVerbose { get; set; }

    /// <summary>The format of messages: options --log-format and --color.</summary>
    public ILogFormat Format { get; set; } = TextLogFormat.Plain;

    /// <summary>What messages call settings; null for the keys of config.toml.</summary>
    public SettingWords? Words { get; set; }

    /// <summary>Whether stderr is a terminal, where the progress line is overwritten.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Columns of the terminal; 0 if unknown.</summary>
    public Func<int> TerminalWidth { get; init; } = () => 0;

    private int? Width => IsTerminal && TerminalWidth() is > 0 and var width ? width : null;

    /// <summary>The process's stderr. Callers do not wait for its reader (<see cref="LogQueue"/>).</summary>
    public static LogOutput ToStderr()
    {
        LogOutput output = null!;
        output = new LogOutput(new LogQueue(new Stderr().Write, dropped => output.Format.Format(Dropped(dropped)))) 
        {
            IsTerminal = !Console.IsErrorRedirected,
            TerminalWidth = () => Console.WindowWidth,
        };
        return output;
    }

    /// <summary>Writes a message.</summary>
    public void Write(LogEntry entry) => Add(Format.Format(Words is null || !entry.ShowsSeverity ? entry : entry.In(Words)));

    /// <summary>Writes a message as JSON, whatever the format is.</summary>
    public void WriteJson(LogEntry entry) => Add(new JsonLogFormat(CommandContext.Current.Time).Format(entry));

    /// <summary>Writes a table.</summary>
    public void WriteTable(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows) => Add(Format.FormatTable(headers, rows, Width));

    /// <summary>Whether this method is called with this text for the first time.</summary>
    public bool IsNew(string text)
    {
        lock (_gate)
        {
            return _once.Add(text);
        }
    }

    /// <summary>Writes a prompt; the user types on the same line.</summary>
    public void Ask(string question) => Add(Format.FormatQuestion(question));

    /// <summary>
    /// Waits until all is written. The wait ends if the reader has read nothing for 30 s, or for 2 s after a signal.
    /// </summary>
    public void Flush(CancellationToken stop) => _queue?.Flush(idle => idle < (stop.IsCancellationRequested ? s_longestAfterStop : s_longest));

    /// <summary>Waits until all is written, up to a time limit.</summary>
    public void Flush(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        _queue?.Flush(_ => clock.Elapsed < limit);
    }

    /// <summary>Shows progress; the next message removes it from a terminal.</summary>
    public void Show(ProgressLine progress, string text)
    {
        lock (_gate)
        {
            if (!Format.IsForPeople)
            {
                return;
            }

            _progress = progress;
            if (!IsTerminal || _queue is null)
            {
                _write(text + Environment.NewLine);
            }
            else if (_queue.TryAddAtOnce($"\r{text.PadRight(progress.Drawn)}"))
            {
                progress.Drawn = text.Length;
            }
        }
    }

    /// <summary>Removes progress from the terminal.</summary>
    public void End(ProgressLine progress)
    {
        lock (_gate)
        {
            _progress = null;
            if (progress.Clear() is { Length: > 0 } clear)
            {
                _write(clear);
            }
        }
    }

    private static LogEntry Dropped(long count) => new(LogLevel.Warning, $"stderr was not read in time: {count} messages were dropped here.")
    {
        Code = WarningCodes.MessagesDropped, Fields = [new("count", count)],
    };

    private void Add(string text)
    {
        lock (_gate)
        {
            _write(_progress?.Clear() + text);
        }
    }

    // A full disk or a closed stderr must not end a run: after the first failure nothing more is logged.
    private sealed class Stderr
    {
        private TextWriter? _writer;
        private bool _isSilenced;

        public void Write(string text)
        {
            try
            {
                if (!_isSilenced)
                {
                    // A message is one write(2), so that other processes with the same stderr do not split it.
                    _writer ??= new StreamWriter(Console.OpenStandardError(), Console.Error.Encoding, LongestWrite);
                    _writer.Write(text);
                    _writer.Flush();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                // The type depends on the descriptor: the runtime may have reused a closed one.
                _isSilenced = true;
            }
        }
    }
}
