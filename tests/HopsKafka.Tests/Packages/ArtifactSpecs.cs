using HopsKafka.TestKit;

namespace HopsKafka.Tests.Packages;

/// <summary>What build/pack left in artifacts/, used as by somebody who has nothing else: no clone, and for the archive no .NET.</summary>
[Trait("Category", "Slow")]
public sealed class ArtifactSpecs : IDisposable
{
    private static readonly string s_artifacts = Path.Combine(Repository.Path, "artifacts");
    private static readonly string[] s_tools = ["avro-consumer", "avro-producer", "hops-kafka"];

    private readonly TempDir _folder = new();

    public ArtifactSpecs() => Assert.SkipUnless(Directory.Exists(s_artifacts), "There is no artifacts/: build/pack makes it, which takes minutes. .ci/run does.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Checksums_are_right_and_name_every_file()
    {
        var result = Run("sha256sum", s_artifacts, "--check", "--strict", "SHA256SUMS");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            Directory.GetFiles(s_artifacts).Select(Path.GetFileName).Except(["SHA256SUMS"]).Order(),
            File.ReadLines(Path.Combine(s_artifacts, "SHA256SUMS")).Select(line => line.Split("  ")[1]).Order());
    }

    [Fact]
    public void The_archive_holds_the_tools_one_copy_of_each_library_and_what_goes_with_them()
    {
        var folder = Unpack();

        Assert.Equal(
            [
                "LICENSE", "README.md", "avro-consumer", "avro-producer", "centos8-librdkafka.so", "completions", "config.toml", "hops-kafka", "libHarfBuzzSharp.so",
                "libSkiaSharp.so", "libmimalloc.so.2", "licenses", "man",
            ],
            Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["hops-kafka.bash", "hops-kafka.fish", "hops-kafka.pwsh", "hops-kafka.zsh"], Directory.GetFiles($"{folder}/completions").Select(Path.GetFileName).Order());
        Assert.Equal(["avro-consumer.1", "avro-producer.1", "hops-kafka.1"], Directory.GetFiles($"{folder}/man").Select(Path.GetFileName).Order());
        Assert.Equal(["Inter-OFL.txt", "SkiaSharp.txt", "librdkafka.txt", "mimalloc.txt"], Directory.GetFiles($"{folder}/licenses").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_demo_runs_from_the_archive_where_there_is_no_dotnet()
    {
        var hops = Path.Combine(Unpack(), "hops-kafka");

        // Of the environment nothing is left but an empty folder to look for commands in.
        var result = Run("/usr/bin/env", _folder.Path, "--ignore-environment", $"PATH={_folder.File("none")}", hops, "demo", "--out", "demo");

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Equal(3, Directory.GetFiles(_folder.File("demo"), "*.png").Length);
    }

    [Fact]
    public void The_tools_in_the_archive_have_one_version_which_ends_with_the_commit()
    {
        var folder = Unpack();
        var commit = Run("git", Repository.Path, "rev-parse", "HEAD").Output[..9];

        Assert.All(s_tools, tool => Assert.Matches($@"^\d+\.\d+\.\d+\+{commit}\n$", Run(Path.Combine(folder, tool), folder, "--version").Output));
    }

    [Fact]
    public void Each_tool_can_be_installed_from_its_package_and_hops_kafka_then_runs_the_demo_alone()
    {
        foreach (var tool in s_tools)
        {
            var folder = _folder.File(tool);
            Dotnet("tool", "install", tool, "--tool-path", folder, "--source", s_artifacts);
            Assert.Equal(0, Run(Path.Combine(folder, tool), _folder.Path, "--version").ExitCode);
        }

        var demo = Run(_folder.File("hops-kafka/hops-kafka"), _folder.Path, "demo", "--out", "demo");

        Assert.True(demo.ExitCode == 0, $"{demo}");
        Assert.Equal(3, Directory.GetFiles(_folder.File("demo"), "*.png").Length);
    }

    [Fact]
    public void A_tool_can_be_run_without_installing_it() =>
        Assert.Contains("sandbox", Dotnet("tool", "exec", "hops-kafka", "--source", s_artifacts, "--yes", "--", "--help").Output, StringComparison.Ordinal);

    private string Unpack()
    {
        var archive = Assert.Single(Directory.GetFiles(s_artifacts, "hopskafka-*-linux-x64.tar.gz"));
        Assert.Equal(0, Run("tar", _folder.Path, "-xzf", archive).ExitCode);
        return Path.Combine(_folder.Path, Path.GetFileName(archive)[..^".tar.gz".Length]);
    }

    // Packages of the same version may have been installed before: a cache of its own.
    private ToolResult Dotnet(params string[] arguments)
    {
        var result = Run("/usr/bin/env", _folder.Path, [$"NUGET_PACKAGES={_folder.File("cache")}", "dotnet", .. arguments]);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {result}");
        return result;
    }

    private static ToolResult Run(string command, string folder, params string[] arguments) => ExternalProgram.TryRun(command, folder, arguments)!;
}
