using System.Globalization;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>avro-producer --input that is killed while it sends a file, and resumed, on a real Apache Kafka: every line is stored exactly once.</summary>
public abstract class InputKillSpecs(KafkaFixture kafka, bool isKeyed, int firstSeed) : SharedToolSpecs(kafka.User), IDisposable
{
    private const int Lines = 200_000;
    private const int Partitions = 3;

    // Each seed gives one moment to kill at; with the other class, twenty.
    private const int Kills = 10;

    private readonly TempDir _dir = new();

    public void Dispose()
    {
        _dir.Dispose();
        GC.SuppressFinalize(this);
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task A_file_that_is_killed_ten_times_and_resumed_each_time_is_stored_exactly_once()
    {
        var schema = isKeyed ? "keyed_line" : "keyless_line";
        User.Sandbox.RegisterSchema($$"""{"type":"record","name":"{{schema}}","fields":[{"name":"{{(isKeyed ? "id" : "name")}}","type":"string"},{"name":"number","type":"long"}]}""");
        var topic = await User.NewTopicAsync(Partitions);
        // A short queue, so that the file lasts for all kills.
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__SCHEMA", schema), ("HOPSKAFKA_KAFKA__PRODUCER__QUEUE_BUFFERING_MAX_MESSAGES", "1000"));
        var file = _dir.File("lines.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, Lines).Select(line => $$"""{"{{(isKeyed ? "id" : "name")}}":"key-{{line % 977}}","number":{{line}}}"""));

        var interrupted = 0;
        foreach (var seed in Enumerable.Range(firstSeed, Kills))
        {
            interrupted += await KillAsync(environment, file, new Random(seed)) ? 1 : 0;
        }

        var last = await User.RunAsync("avro-producer", environment, "--input", file, "--resume", "-q");
        var verify = await User.RunAsync("avro-consumer", environment, "--verify", "--partition", "0,1,2", "--from", "beginning", "--exit-at-end");

        Assert.True(last.ExitCode == 0, $"{last}");
        Assert.True(interrupted > Kills / 2, $"only {interrupted} kills hit a run that had begun to send");
        Assert.True(verify.ExitCode == 0, $"{verify}");
        Assert.EndsWith($"{Lines} events of 1 input: nothing missing, all in order.\n", verify.Output, StringComparison.Ordinal);
        using var testTopic = new TestTopic(User, topic);
        AssertStoredOnce(testTopic.ReadAll(Partitions));
    }

    // Not by the tool's own check alone: the values themselves, too.
    private static void AssertStoredOnce(IReadOnlyList<ConsumeResult<string, byte[]>> events)
    {
        var numbers = new HashSet<long>();
        foreach (var stored in events)
        {
            Assert.True(LineHeader.TryFind(stored.Message.Headers, out var header));
            var text = Encoding.UTF8.GetString(stored.Message.Value.AsSpan(6, stored.Message.Value[5] >> 1));
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"key-{header.Line % 977}"), text);
            Assert.True(numbers.Add(header.Line), $"line {header.Line} is stored twice");
        }

        Assert.Equal(Lines, numbers.Count);
    }

    private async Task<bool> KillAsync(Dictionary<string, string> environment, string file, Random random)
    {
        await using var producer = User.StartProcess("avro-producer", environment, "--input", file, "--resume");
        if (random.Next(8) == 0)
        {
            await producer.WaitForLogAsync("Searching topic");
        }
        else
        {
            await producer.WaitForLogAsync("Press Ctrl-c");
            await producer.ReadLinesAsync(random.Next(6000));
        }

        // Not to wait for something: the moment is to be a random one, also between two pieces of output.
        await Task.Delay(random.Next(20));
        producer.Signal(ToolProcess.Sigkill);
        return !(await producer.WaitForExitAsync()).Error.Contains("Delivered ", StringComparison.Ordinal);
    }
}

/// <summary>Events with keys.</summary>
public sealed class KeyedInputKillSpecs(KafkaFixture kafka) : InputKillSpecs(kafka, isKeyed: true, firstSeed: 1);

/// <summary>Events without keys.</summary>
public sealed class KeylessInputKillSpecs(KafkaFixture kafka) : InputKillSpecs(kafka, isKeyed: false, firstSeed: 11);
