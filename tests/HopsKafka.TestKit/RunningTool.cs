using System.Text;

namespace HopsKafka.TestKit;

/// <summary>A running command: in a process of its own, or in this one.</summary>
public abstract class RunningTool : IAsyncDisposable
{
    private readonly StringBuilder _error = new();
    private readonly List<string> _output = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The time limit of each wait.</summary>
    protected static TimeSpan Timeout { get; } = TimeSpan.FromMinutes(4);

    /// <summary>What it wrote to stderr so far.</summary>
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

    /// <summary>Whether stderr has ended.</summary>
    protected abstract bool HasEnded { get; }

    /// <summary>Reads stdout until it has so many lines that contain a text.</summary>
    public abstract Task ReadLinesAsync(int count, string containing = "");

    /// <summary>Reads stdout from now on, so that the tool never waits for its reader; there is no limit to how long it may run.</summary>
    public abstract void DrainOutput();

    /// <summary>Requests it to stop, as Ctrl-C does.</summary>
    public abstract void Interrupt();

    /// <summary>Reads the rest and waits for the end, which is to come soon.</summary>
    public abstract Task<ToolResult> WaitForExitAsync();

    /// <summary>Waits until stderr contains a text. Stdout is not read meanwhile.</summary>
    public Task WaitForLogAsync(string text, int times = 1) => WaitAsync($"'{text}' on stderr", () => Error.Split(text).Length - 1 >= times);

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

    /// <summary>Signals that output was added, or that it ended.</summary>
    protected void NotifyChanged() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Checks a condition after each change.</summary>
    protected async Task WaitAsync(string what, Func<bool> isReached)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (true)
        {
            var (changed, hasEnded) = (_changed, HasEnded);
            if (isReached())
            {
                return;
            }

            Assert.False(hasEnded, $"It ended before {what} came: {this}");
            await WithTimeoutAsync(changed.Task.WaitAsync(timeout.Token), what);
        }
    }

    // Shows the output so far, which tells a hanging tool from a busy one.
    protected async Task WithTimeoutAsync(Task task, string what)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            var output = Output;
            Assert.Fail(
                $"Waited {Timeout.TotalSeconds:0} s for {what}. {output.Count} lines of stdout came, last: '{(output.Count > 0 ? output[^1] : "")}'. --- stderr\n{Error}");
        }
    }
}
