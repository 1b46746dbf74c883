using System.Text;

namespace HopsKafka.TestKit;

/// <summary>A command that runs: in a process of its own, or in this one.</summary>
public abstract class RunningTool : IAsyncDisposable
{
    private readonly StringBuilder _error = new();
    private readonly List<string> _output = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How long anything is waited for.</summary>
    protected static TimeSpan Patience { get; } = TimeSpan.FromMinutes(4);

    /// <summary>What it said on stderr so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>The lines of its stdout that were read so far.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_output)
            {
                return [.. _output];
            }
        }
    }

    /// <summary>Whether nothing more comes on stderr.</summary>
    protected abstract bool HasEnded { get; }

    /// <summary>Reads stdout until a number of lines that hold a text have come.</summary>
    public abstract Task ReadLinesAsync(int count, string holding = "");

    /// <summary>Reads stdout from now on, so that the tool never waits for its reader; there is no limit to how long it may run.</summary>
    public abstract void ReadOn();

    /// <summary>Asks it to stop, as Ctrl-C does.</summary>
    public abstract void Interrupt();

    /// <summary>Reads the rest and waits for the end, which is to come soon.</summary>
    public abstract Task<ToolResult> WaitForExitAsync();

    /// <summary>Waits until stderr holds a text. Stdout is not read meanwhile.</summary>
    public Task WaitForTalkAsync(string text, int times = 1) => WaitAsync($"'{text}' on stderr", () => Error.Split(text).Length - 1 >= times);

    public override string ToString() => $"--- stdout\n{string.Join('\n', Output)}\n--- stderr\n{Error}";

    public abstract ValueTask DisposeAsync();

    protected void AddOutput(string line)
    {
        lock (_output)
        {
            _output.Add(line);
        }
    }

    protected void AddError(string text)
    {
        lock (_error)
        {
            _error.Append(text);
        }
    }

    /// <summary>Something was added, or it ended.</summary>
    protected void Tell() =>
        Interlocked.Exchange(ref _news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Looks at a condition each time when something is told.</summary>
    protected async Task WaitAsync(string what, Func<bool> isReached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var (news, hasEnded) = (_news, HasEnded);
            if (isReached())
            {
                return;
            }

            Assert.False(hasEnded, $"It ended before {what} came: {this}");
            await InTimeAsync(news.Task.WaitAsync(patience.Token), what);
        }
    }

    // Says what the tool did until then: without that nobody can tell a tool that hangs from one that does too much.
    protected async Task InTimeAsync(Task task, string what)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            var output = Output;
            Assert.Fail(
                $"Waited {Patience.TotalSeconds:0} s for {what}. {output.Count} lines of stdout came, last: '{(output.Count > 0 ? output[^1] : "")}'. --- stderr\n{Error}");
        }
    }
}
