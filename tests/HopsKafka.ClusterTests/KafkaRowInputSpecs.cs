using System.Globalization;
using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>avro-producer --feature-group on a real Kafka: killed while it sends, and resumed.</summary>
public sealed class KafkaRowInputSpecs(KafkaFixture kafka) : IDisposable
{
    private const int Rows = 50_000;
    private const int Keys = 977;

    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_killed_run_is_resumed_to_each_row_once_in_both_stores()
    {
        var user = kafka.User;
        var created = await user.Sandbox.CreateFeatureGroupAsync("killed", 1, [new("id", "bigint", Primary: true), new("at", "timestamp"), new("n", "int")], "at");
        var group = user.Sandbox.State.FeatureGroups.Find(created.Id)!;
        var file = _dir.File("rows.csv");
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, Rows).Select(n => $"{n % Keys},{Time(n)},{n}").Prepend("id,at,n"));
        string[] arguments = ["--feature-group", "killed:1", "--input", file, "--resume"];
        var environment = new Dictionary<string, string> { ["HOPSKAFKA_KAFKA__PRODUCER__QUEUE_BUFFERING_MAX_MESSAGES"] = "1000" };
        await using (var producer = user.StartProcess("avro-producer", environment, arguments))
        {
            await producer.ReadLinesAsync(new Random(5).Next(1, Rows / 2));
            producer.Signal(ToolProcess.Sigkill);
            await producer.WaitForExitAsync();
        }

        var last = await user.RunAsync("avro-producer", environment, [.. arguments, "-q"]);

        Assert.True(last.ExitCode == 0, $"{last}");
        Assert.Matches(@", [1-9]\d* already in the topic, in ", last.Error);
        await Poll.UntilAsync("the job", () => group.Job.Executions is [{ State: ExecutionState.Finished or ExecutionState.Failed }]);
        Assert.Equal(ExecutionState.Finished, group.Job.Executions[0].State);
        Assert.Equal(Rows, group.Offline.Rows(0, 2 * Rows).Count);
        await Poll.UntilAsync("the online rows", () => Enumerable.Range(0, Keys).All(id =>
            group.Online.Find($"{id}")?.EndsWith($"\"n\":{Rows - ((Rows - id) % Keys)}}}", StringComparison.Ordinal) == true));
    }

    private static string Time(int n) => DateTime.UnixEpoch.AddSeconds(1_700_000_000 + n).ToString("O", CultureInfo.InvariantCulture);
}
