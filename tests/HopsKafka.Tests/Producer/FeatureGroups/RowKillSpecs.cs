using System.Globalization;
using HopsKafka.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary>A run that is killed and resumed stores each row once.</summary>
public sealed class RowKillSpecs(NewestSandbox sandbox) : RowInputTests(sandbox)
{
    private const int Rows = 20_000;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_killed_run_is_resumed_to_each_row_once()
    {
        var group = await NewGroupAsync();
        var file = Write("rows.jsonl", [.. Enumerable.Range(1, Rows).Select(line => Row($"s{line % 977}", Time(line), line))]);
        string[] arguments = ["--feature-group", $"{group.Name}:1", "--input", file, "--resume"];
        var environment = new Dictionary<string, string> { ["HOPSKAFKA_KAFKA__PRODUCER__QUEUE_BUFFERING_MAX_MESSAGES"] = "1000" };
        await using (var producer = User.StartProcess("avro-producer", environment, arguments))
        {
            await producer.ReadLinesAsync(new Random(3).Next(1, Rows / 2));
            producer.Signal(ToolProcess.Sigkill);
            await producer.WaitForExitAsync();
        }

        var last = await User.RunAsync("avro-producer", environment, [.. arguments, "-q", "--wait"]);

        Assert.True(last.ExitCode == 0, $"{last}");
        Assert.Matches(@", [1-9]\d* already in the topic, in ", last.Error);
        var records = Records(group);
        Assert.Equal(Rows, records.Count);
        Assert.Equal(Enumerable.Range(1, Rows).Select(line => (long)line), records.Select(record => LineHeader.TryFind(record.Headers, out var line) ? line.Line : 0));
        Assert.Equal(977, records.Count(record => HeaderOf(record, "storage").Length == 0));
        await Poll.UntilAsync("the last row", () => Online(group, $"s{Rows % 977}")?.Contains($"\"value\":{Rows},", StringComparison.Ordinal) == true);
        for (var id = 0; id < 977; id++)
        {
            var newest = Rows - ((Rows - id) % 977);
            Assert.Contains($"\"value\":{newest},", Online(group, $"s{id}"), StringComparison.Ordinal);
        }
    }

    private static string Time(int line) => DateTime.UnixEpoch.AddSeconds(1_700_000_000 + line).ToString("O", CultureInfo.InvariantCulture);
}
