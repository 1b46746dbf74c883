using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Fuzzing;

/// <summary>Gives a target one input after the other on a thread of its own, and watches what each costs and says.</summary>
/// <param name="target">The target.</param>
/// <param name="seed">Makes the inputs, with their numbers.</param>
/// <param name="limits">What an input may cost.</param>
internal sealed class FuzzRun(FuzzTarget target, int seed, FuzzLimits limits)
{
    private const int MostFindings = 20;
    private const int Attempts = 3;
    private const int NoteLength = 80;

    // However slow the machine is.
    private const int LeastInputs = 50;

    // Outlives a process that a stack overflow or the system ends without a word.
    private readonly string _note = Path.Combine(AppContext.BaseDirectory, $"fuzz-{target.Name}-{seed}.current");

    // Mapped: a note costs no call of the system, and inputs are many.
    private MemoryMappedViewAccessor? _noted;
    private readonly Dictionary<string, FuzzFinding> _findings = [];
    private readonly Lock _gate = new();
    private long _started;
    private string _thread = "";
    private int _number;
    private int _accepted;
    private (TimeSpan Work, int Number) _slowest;
    private (long Memory, int Number) _largest;

    /// <summary>How many inputs were run.</summary>
    public int Count { get; private set; }

    /// <summary>In a line, for people.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{target.Name}: {Count} inputs, {_accepted} accepted; slowest {_slowest.Work.TotalMilliseconds:0} ms (input {_slowest.Number}), "
        + $"most memory {_largest.Memory / 1e6:0.0} MB (input {_largest.Number})");

    /// <summary>Runs as many inputs as the time allows, from the first.</summary>
    /// <param name="budget">The time.</param>
    /// <param name="most">No more inputs than these.</param>
    /// <returns>One finding for each cause.</returns>
    public IReadOnlyList<FuzzFinding> For(TimeSpan budget, int most = int.MaxValue)
    {
        var clock = Stopwatch.StartNew();
        return Watched(() =>
        {
            for (var n = 0; n < most && (n < target.Samples.Count + LeastInputs || clock.Elapsed < budget) && _findings.Count < MostFindings; n++)
            {
                Try(n);
            }
        });
    }

    /// <summary>Runs one input.</summary>
    public IReadOnlyList<FuzzFinding> Only(int number) => Watched(() => Try(number));

    private IReadOnlyList<FuzzFinding> Watched(Action work)
    {
        var file = MemoryMappedFile.CreateFromFile(_note, FileMode.Create, null, NoteLength);
        var noted = file.CreateViewAccessor();
        _noted = noted;
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        var thread = new Thread(() =>
        {
            _thread = OperatingSystem.IsLinux() ? Path.GetFileName(File.ResolveLinkTarget("/proc/thread-self", false)!.FullName) : "";
            work();
        }) { IsBackground = true, Name = $"fuzz {target.Name}" };
        thread.Start();
        var (started, worked) = (0L, TimeSpan.Zero);
        while (!thread.Join(TimeSpan.FromMilliseconds(100)))
        {
            var now = Volatile.Read(ref _started);
            (started, worked) = now == started ? (started, worked) : (now, WorkOfThread());
            var (waited, spent) = (Stopwatch.GetElapsedTime(now), WorkOfThread() - worked);
            if (now == Volatile.Read(ref _started) && (waited > limits.Wait || spent > 2 * limits.Work))
            {
                // The thread cannot be ended, and may go on to use the note; the process will be.
                Add(Finding(_number, string.Create(
                    CultureInfo.InvariantCulture, $"it hangs: not through after {waited.TotalSeconds:0.0} s and {spent.TotalSeconds:0.0} s of work")));
                return Ended();
            }
        }

        noted.Dispose();
        file.Dispose();
        return Ended();
    }

    private IReadOnlyList<FuzzFinding> Ended()
    {
        File.Delete(_note);
        lock (_gate)
        {
            return [.. _findings.Values];
        }
    }

    // Of the thread that runs the inputs, seen from another one; nothing where the system does not tell.
    private TimeSpan WorkOfThread()
    {
        const int ticksPerSecond = 100;
        if (_thread.Length == 0)
        {
            return TimeSpan.Zero;
        }

        try
        {
            var fields = File.ReadAllText($"/proc/self/task/{_thread}/stat").Split(") ")[^1].Split(' ');
            return TimeSpan.FromSeconds((double)(long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / ticksPerSecond);
        }
        catch (IOException)
        {
            // The thread has just ended.
            return TimeSpan.Zero;
        }
    }

    private void Try(int number)
    {
        _number = number;
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        _noted!.WriteArray(0, Encoding.ASCII.GetBytes($"{target.Name}:{seed}:{number}".PadRight(NoteLength)), 0, NoteLength);
        try
        {
            var input = target.Input(seed, number);
            var output = Measured(number, input);
            Evaluate(number, input, output);
        }
        catch (Exception e)
        {
            Add(Finding(number, $"{e}") with { Cause = CauseOf(e) });
        }

        Count++;
    }

    private string Measured(int number, byte[] input)
    {
        // What other tests do at the same time is not this input's: only what comes again is.
        for (var attempt = 1; ; attempt++)
        {
            Volatile.Write(ref _started, Stopwatch.GetTimestamp());
            var (work, memory, held) = (Clock(), Allocated(), Environment.WorkingSet);
            var output = target.Run(input);
            (work, memory, held) = (Clock() - work, Allocated() - memory, Environment.WorkingSet - held);
            if (work <= limits.Work && memory <= limits.Memory && held <= limits.Memory)
            {
                Remember(number, work, memory);
                return output;
            }

            if (attempt == Attempts)
            {
                Add(Finding(number, string.Create(
                    CultureInfo.InvariantCulture,
                    $"it costs too much: {work.TotalSeconds:0.0} s of work, {memory / 1e6:0} MB allocated, {held / 1e6:0} MB more held")) with { Cause = "cost" });
                return output;
            }

            GC.Collect();
        }
    }

    private void Evaluate(int number, byte[] input, string output)
    {
        if (target.SecretsOf(input).FirstOrDefault(secret => output.Contains(secret, StringComparison.Ordinal)) is { } secret)
        {
            Add(Finding(number, $"it makes the tool print the secret '{secret}': {output}") with { Cause = $"secret {output[..Math.Min(output.Length, 20)]}" });
        }

        if (number < target.Samples.Count && output.Length > 0)
        {
            Add(Finding(number, $"this sound sample is refused: {output}"));
        }

        _accepted += output.Length == 0 ? 1 : 0;
    }

    private void Remember(int number, TimeSpan work, long memory)
    {
        _slowest = work > _slowest.Work ? (work, number) : _slowest;
        _largest = memory > _largest.Memory ? (memory, number) : _largest;
    }

    private TimeSpan Clock() => target.WorksElsewhere ? Stopwatch.GetElapsedTime(0) : ThreadClock.Now;

    private long Allocated() => target.WorksElsewhere ? GC.GetTotalAllocatedBytes() : GC.GetAllocatedBytesForCurrentThread();

    private FuzzFinding Finding(int number, string what) => new(target.Name, seed, number, what, target.Input(seed, number));

    private void Add(FuzzFinding finding)
    {
        lock (_gate)
        {
            _findings.TryAdd(finding.Cause, finding);
        }
    }

    private static string CauseOf(Exception e)
    {
        var frames = (e.StackTrace ?? "").Split('\n').Select(line => line.Split(" in ")[0].Trim());
        return $"{e.GetType().Name} {string.Join(' ', frames.Where(f => f.Contains("HopsKafka", StringComparison.Ordinal)).Take(2))}";
    }
}
