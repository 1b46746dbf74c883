using System.IO.Compression;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Packages;

/// <summary>The examples, built as other programs are: against the packages of this build.</summary>
[Trait("Category", "Slow")]
public sealed class ExampleSpecs : IDisposable
{
    // Others that build at the same time have servers of their own, and none is left behind.
    private const string NoServers = "--disable-build-servers";

    private readonly TempDir _dir = new();

    [Fact]
    public async Task The_examples_build_and_run_against_the_packages()
    {
        Pack("HopsKafka", """<dependency id="Confluent.SchemaRegistry.Serdes.Avro" """);
        Pack("HopsKafka.Sandbox", """<dependency id="HopsKafka" version="[0.1.0]" """);
        CopyExamples();
        Dotnet(_dir.File("examples"), "build", "Examples.slnx", "-c", "Release", NoServers);

        await using var sandbox = await HopsworksSandbox.StartAsync();
        Quickstart(sandbox);
        await WorkerAsync(sandbox);
        Testing();
    }

    public void Dispose() => _dir.Dispose();

    private void Pack(string project, string dependency)
    {
        Dotnet(Repository.Path, "pack", $"src/{project}", "-c", Repository.Configuration, "--no-build", "-o", _dir.File("packages"), NoServers);
        Assert.Single(Directory.GetFiles(_dir.File("packages"), $"{project}.0*.snupkg"));
        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_dir.File("packages"), $"{project}.0*.nupkg")));
        string[] promised = ["README.md", "LICENSE", $"lib/net10.0/{project}.dll", $"lib/net10.0/{project}.xml"];
        Assert.Empty(promised.Except(package.Entries.Select(entry => entry.FullName)));
        using var description = new StreamReader(package.GetEntry($"{project}.nuspec")!.Open());
        Assert.Contains(dependency, description.ReadToEnd(), StringComparison.Ordinal);
    }

    // Only the packages of this build go into a folder of their own; all others are where the restore of this build has put them.
    private void CopyExamples()
    {
        var source = Path.Combine(Repository.Path, "examples");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(source, file);
            if (!name.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_dir.File($"examples/{name}"))!);
                File.Copy(file, _dir.File($"examples/{name}"));
            }
        }

        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        _dir.Write("examples/nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{_dir.File("restored")}" /></config>
              <fallbackPackageFolders><add key="restored" value="{restored}" /></fallbackPackageFolders>
              <packageSources><add key="HopsKafka" value="{_dir.File("packages")}" /></packageSources>
            </configuration>
            """);
    }

    private void Quickstart(HopsworksSandbox sandbox)
    {
        var result = Run("Quickstart", sandbox.ConfigFile);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["Sent 20.5", "Sent 21.5", "Sent 22.5", "Read 20.5", "Read 21.5", "Read 22.5"],
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ')[..2])));
        Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Path, "examples/Quickstart/Program.cs")).Length, 1, 40);
    }

    private async Task WorkerAsync(HopsworksSandbox sandbox)
    {
        await using var worker = ToolProcess.Start(
            Executable("Worker"), Path.GetDirectoryName(Executable("Worker"))!, null, "--urls", "http://127.0.0.1:0", $"--Hopsworks:ConfigFile={sandbox.ConfigFile}",
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        const string Listening = "Now listening on: ";
        await worker.ReadLinesAsync(1, Listening);
        var address = worker.Output.Single(line => line.Contains(Listening, StringComparison.Ordinal)).Split(Listening)[1];
        await worker.ReadLinesAsync(3, "sensor0 measured");

        using var client = new HttpClient();
        Assert.Equal("Healthy", await client.GetStringAsync(new Uri($"{address}/health")));
        worker.Signal(ToolProcess.Sigterm);
        var result = await worker.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("consumer has left its group", result.Output, StringComparison.Ordinal);
    }

    private void Testing()
    {
        var result = Run("Testing");

        Assert.True(result is { ExitCode: 0 } && result.Output.Contains("Failed: 0", StringComparison.Ordinal), $"{result}");
        Assert.Contains("Total: 1", result.Output, StringComparison.Ordinal);
    }

    private string Executable(string example) => _dir.File($"examples/{example}/bin/Release/net10.0/{example}");

    private ToolResult Run(string example, params string[] arguments) => ExternalProgram.TryRun(Executable(example), _dir.Path, arguments)!;

    private static void Dotnet(string folder, params string[] arguments)
    {
        var result = ExternalProgram.TryRun("dotnet", folder, arguments)!;
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {result}");
    }
}
