using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary><c>hops-kafka sandbox --kafka-home</c> as users start it: nothing in the process has chosen a librdkafka before.</summary>
public sealed class SandboxProcessSpecs
{
    [Fact]
    public async Task The_sandbox_uses_its_own_librdkafka_although_the_machine_has_another()
    {
        KafkaFixture.SkipWithoutKafka();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sets LD_LIBRARY_PATH and looks into /proc.");
        using var folder = new TempDir();
        // The one build that any glibc loads, under the name for which .NET itself would look on the library path.
        File.Copy(Path.Combine(AppContext.BaseDirectory, "centos8-librdkafka.so"), folder.File("librdkafka.so"));

        await using var sandbox = ToolProcess.Start(
            "hops-kafka", folder.Path, new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = folder.Path },
            "sandbox", "--dir", "sandbox", "--kafka-home", KafkaFixture.Home!);
        await sandbox.ReadLinesAsync(1, "Try next");

        var loaded = File.ReadLines($"/proc/{sandbox.Id}/maps").Where(line => line.Contains("librdkafka", StringComparison.Ordinal)).ToList();
        // Its broker ends with it: of a killed one it would still write into the folder that is to be deleted.
        sandbox.Signal(ToolProcess.Sigterm);
        Assert.Equal(0, (await sandbox.WaitForExitAsync()).ExitCode);
        Assert.NotEmpty(loaded);
        Assert.All(loaded, line => Assert.Contains($" {ToolFolder.Path}", line, StringComparison.Ordinal));
    }
}
