using System.Diagnostics;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox;

public sealed class JavaProcessSpecs
{
    [Fact]
    public async Task A_Java_that_fails_is_quoted_in_the_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Stands in for Java with a shell script.");
        using var folder = new TempDir();
        var script = folder.Write("script", "echo 'not enough space' >&2\nexit 3\n");

        await using var process = JavaProcess.Start("/bin/sh", [script], folder.Path);
        await process.Exited;

        Assert.Equal(3, process.ExitCode);
        Assert.Equal("not enough space", process.Cause());
    }

    [Fact]
    public void The_cause_of_an_exit_is_the_first_error_of_the_log_with_its_exception()
    {
        using var folder = new TempDir();
        var log = folder.Write("broker-1.log", """
            2026-01-01T00:00:00,000 WARN Something slow (Loader)
            2026-01-01T00:00:01,000 ERROR Unable to start acceptor (Acceptor)
            org.apache.kafka.common.KafkaException: failed to bind to port 1
            	at kafka.Server.main(Server.java)
            2026-01-01T00:00:02,000 ERROR Exiting (Kafka$)

            """);

        var cause = JavaProcess.CauseIn(log);

        Assert.Equal("Unable to start acceptor (Acceptor): org.apache.kafka.common.KafkaException: failed to bind to port 1", cause);
    }

    [Fact]
    public async Task A_program_ends_when_it_is_disposed_of()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Stands in for Java with a shell script.");
        using var folder = new TempDir();
        var script = folder.Write("script", "echo $$ > pid\nexec sleep 60\n");
        var process = JavaProcess.Start("/bin/sh", [script], folder.Path);
        while (!File.Exists(folder.File("pid")) || File.ReadAllText(folder.File("pid")).Length == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var time = Stopwatch.StartNew();
        await process.DisposeAsync();

        var pid = int.Parse(File.ReadAllText(folder.File("pid")), null);
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }
}
