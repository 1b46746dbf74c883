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

    /// <summary>Takes each text at once, in the caller's thread.</summary>
    /// <param name="write">Takes a text with its line end; not called twice at a time.</param>
    public LogOutput(Action<string> write)
    {
        _write = write;
        Logger = new ConsoleLogger(this);
    }

    private LogOutput(LogQueue queue)
        : this(queue.Add) => _queue = queue;

    /// <summary>What the library logs.</summary>
    public ILogger Logger { get; }

    /// <summary>Whether details are logged: option --verbose.</summary>
    public bool IsVerbose { get; set; }

    /// <summary>How messages are written: options --log-format and --color.</summary>
    public ILogFormat Format { get; set; } = TextLogFormat.Plain;

    /// <summary>Whether its reader is a terminal, where progress is drawn over itself.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Columns of the terminal; 0 if unknown.</summary>
    public Func<int> TerminalWidth { get; init; } = () => 0;

    private int? Width => IsTerminal && TerminalWidth() is > 0 and var width ? width : null;

    /// <summary>The process's stderr. No caller waits for its reader (<see cref="LogQueue"/>).</summary>
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
    public void Write(LogEntry entry) => Add(Format.Format(entry));

    /// <summary>Writes a message as JSON, whatever the format is.</summary>
    public void WriteJson(LogEntry entry) => Add(new JsonLogFormat(CommandContext.Current.Time).Format(entry));

    /// <summary>Writes a table.</summary>
    public void WriteTable(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows) => Add(Format.FormatTable(headers, rows, Width));

    /// <summary>Whether this method is called with a text for the first time.</summary>
    public bool IsNew(string text)
    {
        lock (_gate)
        {
            return _once.Add(text);
        }
    }

    /// <summary>Asks; the answer comes on the same line.</summary>
    public void Ask(string question) => Add(Format.FormatQuestion(question));

    /// <summary>
    /// Waits until all is written. A reader that takes nothing for 30 s is waited for no longer; after a signal, for 2 s.
    /// </summary>
    public void Flush(CancellationToken stop) => _queue?.Flush(idle => idle < (stop.IsCancellationRequested ? s_longestAfterStop : s_longest));

    /// <summary>Waits until all is written, but not longer than this.</summary>
    /// <param name="limit">How long.</param>
    public void Flush(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        _queue?.Flush(_ => clock.Elapsed < limit);
    }

    /// <summary>Shows progress; what is said next takes it off a terminal.</summary>
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

    /// <summary>Takes progress off the terminal.</summary>
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

    // A full disk behind stderr, or none at all, must not end a run whose data is sound: from then on nothing more is said.
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
                    // A message is one write(2): other processes that share stderr do not cut it.
                    _writer ??= new StreamWriter(Console.OpenStandardError(), Console.Error.Encoding, LongestWrite);
                    _writer.Write(text);
                    _writer.Flush();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                // Which of them depends on what the descriptor is by now: a closed one may have become something else of the runtime's.
                _isSilenced = true;
            }
        }
    }
}
