using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Kafka;

/// <summary>A librdkafka of the machine may be of any age: only one that came with the program is used.</summary>
public sealed class LibrdkafkaLibrarySpecs(SharedSandbox sandbox)
{
    [Fact]
    public async Task A_librdkafka_that_is_installed_on_the_machine_is_left_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sets LD_LIBRARY_PATH and looks into /proc.");
        using var installed = new TempDir();
        // The one build that any glibc loads, under the name for which .NET itself would look on the library path.
        File.Copy(Path.Combine(AppContext.BaseDirectory, "centos8-librdkafka.so"), installed.File("librdkafka.so"));
        var environment = SandboxUser.Of(await sandbox.User.NewTopicAsync(), ("LD_LIBRARY_PATH", installed.Path));

        await using var consumer = sandbox.User.StartProcess("avro-consumer", environment);
        await consumer.WaitForLogAsync("now has");

        var loaded = File.ReadLines($"/proc/{consumer.Id}/maps").Where(line => line.Contains("librdkafka")).ToList();
        Assert.NotEmpty(loaded);
        Assert.All(loaded, line => Assert.Contains($" {ToolFolder.Path}", line));
    }
}
