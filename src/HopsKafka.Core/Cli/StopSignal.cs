using System.Runtime.InteropServices;

namespace HopsKafka.Cli;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP: the first cancels <see cref="Token"/>, so that the tool flushes, commits and reports; the second
/// ends the process at once with <see cref="ExitCode.Failed"/>.
/// </summary>
public sealed class StopSignal : IDisposable
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private int _count;

    /// <summary>Starts to listen.</summary>
    public StopSignal()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            // Not on this thread: whoever does not read stderr must not keep the tool from ending.
            Task.Run(() => Talk.Line("Stopped at once: what was not yet acknowledged may or may not have been stored."))
                .Wait(s_farewell);
            Environment.Exit(ExitCode.Failed);
        }

        _source.Cancel();
    }
}
