using System.Diagnostics;
using System.Text;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Init;

/// <summary>The question for the API key, on a terminal that util-linux' script makes.</summary>
public sealed class InitPromptSpecs(SharedSandbox sandbox) : IDisposable
{
    private const string Question = "API key (it is not shown):";

    private readonly InitRunner _runner = new(sandbox.User);

    [Fact]
    public async Task The_typed_key_is_taken_and_not_shown()
    {
        var key = sandbox.User.Sandbox.ApiKey;

        var (exitCode, screen) = await AnswerAsync(key + "\r");

        Assert.True(exitCode == 0, screen);
        Assert.Contains(Question, screen, StringComparison.Ordinal);
        Assert.DoesNotContain(key[^10..], screen, StringComparison.Ordinal);
        Assert.Equal(key, await File.ReadAllTextAsync(Path.Combine(_runner.Folder, "cert/apiKeyFile"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("\r", 2, "What you typed is no API key")]
    [InlineData("\u0003", 1, "Stopped.")]
    public async Task No_answer_ends_it_and_nothing_is_written(string answer, int expected, string message)
    {
        var (exitCode, screen) = await AnswerAsync(answer);

        Assert.Equal(expected, exitCode);
        Assert.Contains(message, screen, StringComparison.Ordinal);
        Assert.Empty(_runner.Files);
    }

    public void Dispose() => _runner.Dispose();

    private async Task<(int ExitCode, string Screen)> AnswerAsync(string answer)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "This machine has no script(1) of util-linux.");
        string[] words = [ToolFolder.PathOf("hops-kafka"), .. _runner.Arguments(withKey: false)];
        // exec: a shell left in between (dash) would die of the Ctrl-C itself, and script would report its end instead of the tool's.
        var line = "exec " + string.Join(' ', words.Select(w => $"'{w}'"));
        var start = new ProcessStartInfo("/usr/bin/script", ["-qefc", line, "/dev/null"])
        {
            WorkingDirectory = Path.GetDirectoryName(_runner.Folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        var screen = new StringBuilder();
        var buffer = new char[1000];
        var asked = false;
        while (await process.StandardOutput.ReadAsync(buffer, timeout.Token) is var count and > 0)
        {
            screen.Append(buffer, 0, count);
            if (!asked && screen.ToString().Contains(Question, StringComparison.Ordinal))
            {
                asked = true;
                await process.StandardInput.WriteAsync(answer.AsMemory(), timeout.Token);
                await process.StandardInput.FlushAsync(timeout.Token);
            }
        }

        await process.WaitForExitAsync(timeout.Token);
        return (process.ExitCode, screen.ToString());
    }
}
