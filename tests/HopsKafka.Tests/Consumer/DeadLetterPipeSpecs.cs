using HopsKafka.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

/// <summary>A named pipe in place of a file of dead letters, whose other end nobody opens.</summary>
public sealed class DeadLetterPipeSpecs : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);

    private readonly TempDir _dir = new();

    public DeadLetterPipeSpecs() => Assert.Equal(0, ExternalProgram.TryRun("mkfifo", _dir.Path, "pipe")!.ExitCode);

    public void Dispose()
    {
        // Whoever still waits for the other end gets it.
        File.Open(_dir.File("pipe"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
        _dir.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signal_ends_the_wait_for_the_other_end(bool reads)
    {
        // Time enough to be in open(2); it would pass, too, when that comes later.
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var opening = Task.Run(() => Use(reads, stop.Token));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(s_timeout));
    }

    private void Use(bool reads, CancellationToken stop)
    {
        if (reads)
        {
            _ = DeadLetterFile.Read(_dir.File("pipe"), "--decode", stop).ToList();
        }
        else
        {
            DeadLetterFile.Append(_dir.File("pipe"), "--on-error dead-letter", stop).Dispose();
        }
    }
}
