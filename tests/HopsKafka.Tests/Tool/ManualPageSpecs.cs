using System.CommandLine;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Tool;

/// <summary><c>hops-kafka man</c>, as man shows it.</summary>
public sealed class ManualPageSpecs(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("avro-producer")]
    [InlineData("avro-consumer")]
    [InlineData("hops-kafka")]
    public async Task A_page_is_free_of_warnings_and_has_every_option_and_command(string tool)
    {
        var page = await sandbox.User.RunAsync("hops-kafka", [], "man", tool);
        using var folder = new TempDir();

        var shown = ExternalProgram.TryRun("groff", folder.Path, "-man", "-Tutf8", "-ww", "-P-c", "-P-bou", folder.Write("page.1", page.Output));

        Assert.Equal((0, ""), (page.ExitCode, page.Error));
        Assert.SkipWhen(shown is null, "This machine has no groff.");
        Assert.Equal((0, ""), (shown!.ExitCode, shown.Error));
        var command = ToolTask.CommandOf(tool);
        Assert.All(
            command.Subcommands.Append<Command>(command).SelectMany(c => c.Options.Where(option => !option.Hidden)),
            option => Assert.Contains(option.Name, shown.Output, StringComparison.Ordinal));
        Assert.All(command.Subcommands, c => Assert.Contains($"{tool} {c.Name}", shown.Output, StringComparison.Ordinal));
        Assert.All(
            command.Subcommands.SelectMany(c => c.Subcommands.Select(inner => $"{tool} {c.Name} {inner.Name}")),
            name => Assert.Contains(name, shown.Output, StringComparison.Ordinal));
    }
}
