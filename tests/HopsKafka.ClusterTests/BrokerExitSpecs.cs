using System.Diagnostics;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

public sealed class BrokerExitSpecs
{
    [Fact]
    public async Task A_broker_that_dies_is_logged_once_and_stopping_still_works()
    {
        KafkaFixture.SkipWithoutKafka();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Finds the broker's process through /proc.");
        using var folder = new TempDir();
        using var certificates = SandboxCertificates.Create("demo__meb10000");
        var reported = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var kafka = await RealKafka.StartAsync(
            new RealKafkaOptions(KafkaFixture.Home!, folder.File("kafka"), certificates, Notice: reported.SetResult),
            TestContext.Current.CancellationToken);

        using (var java = Process.GetProcessesByName("java").Single(process => WorksIn(process, folder.File("kafka"))))
        {
            java.Kill();
        }

        var notice = await reported.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.StartsWith("Kafka's broker 1 exited with code 137", notice, StringComparison.Ordinal);
    }

    private static bool WorksIn(Process process, string folder) =>
        new FileInfo($"/proc/{process.Id}/cwd").LinkTarget == folder;
}
