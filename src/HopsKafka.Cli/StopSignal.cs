using System.Diagnostics;
using System.Runtime.InteropServices;
using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP: the first cancels <see cref="Token"/>, so that the tool flushes, commits and reports; a later
/// one ends the process at once with <see cref="ExitCode.Failed"/>. Two that come together are one wish to stop: timeout(1) signals its
/// child and then the child's group, and a closing terminal sends SIGHUP while the session's end sends SIGTERM.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan s_together = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private long _first;

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
        var first = Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);
        if (first == 0)
        {
            _source.Cancel();
        }
        else if (Stopwatch.GetElapsedTime(first) > s_together)
        {
            ConsoleLog.Warning(
                "Stopped at once: events not yet acknowledged may or may not be stored, and events not yet committed are read again.", WarningCodes.Aborted);
            CommandContext.OfProcess.Log.Flush(s_farewell);
            Environment.Exit(ExitCode.Failed);
        }
    }
}
