using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Consumer.Pictures;
using HopsKafka.Hopsworks;
using HopsKafka.Sandbox;
using HopsKafka.SchemaRegistry;
using HopsKafka.TestKit;
using HopsKafka.Tests.Pair;

namespace HopsKafka.Tests.Consumer;

/// <summary>What <c>--where</c> compares and <c>--plot</c> draws is checked before anything is read, where the topic's schema is known.</summary>
public sealed class SchemaCheckSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Words = """{"type":"record","name":"words","fields":[{"name":"word","type":"string"}]}""";
    private const string Rain = """{"type":"record","name":"rain","fields":[{"name":"word","type":"string"},{"name":"mm","type":["null","double"]}]}""";

    [Theory]
    [InlineData("words", null, "There is nothing to draw: the schema of the values (record words) is no sensor reading.")]
    [InlineData("words", "word", "has no number in field word.")]
    [InlineData("rain", null, "(record rain) is no sensor reading.")]
    [InlineData("rain", "absent", "has no number in field absent.")]
    [InlineData("rain", "mm", null)]
    public async Task A_picture_without_a_numeric_field_is_refused(string schema, string? field, string? refusal)
    {
        var topic = await TopicAsync(schema, schema == "words" ? Words : Rain);
        var plot = new PlotOptions { File = "a.png", Field = field is null ? null : FieldPath.TryParse(field) };

        await AssertAsync(refusal, () => CheckAsync(topic, plot));
    }

    [Theory]
    [InlineData("value=warm", "--where 'value=warm' compares value, a number (double), with 'warm', which is none.")]
    [InlineData("id=warm", null)]
    public async Task A_number_of_the_topics_schema_that_is_compared_with_a_text_is_refused(string condition, string? refusal) =>
        await AssertAsync(refusal, () => CheckAsync(HopsworksSandbox.Topic, new PlotOptions(), condition));

    [Fact]
    public async Task Readings_are_drawn_and_a_topic_without_a_schema_is_left_to_its_events()
    {
        await CheckAsync(HopsworksSandbox.Topic, new PlotOptions { File = "a.png" });
        await CheckAsync("topic-of-no-schema", new PlotOptions { File = "a.png" }, "value=warm");
    }

    [Fact]
    public void A_readers_schema_is_known_without_asking()
    {
        var reader = ReaderSchema.OfRegistered(Rain);
        var numbers = new EventFilter([FieldCondition.TryParse("mm=wet")!], ValueFormat.String);

        Assert.Throws<HopsKafkaException>(() => new SchemaCheck(new PlotOptions(), numbers).Check(reader));
        Assert.Throws<HopsKafkaException>(() => new SchemaCheck(
            new PlotOptions { File = "a.png", Field = FieldPath.TryParse("word") }, new EventFilter([], ValueFormat.String)).Check(reader));
    }

    [Fact]
    public async Task The_consumer_ends_before_it_reads_with_the_exit_code_of_a_wrong_command_line()
    {
        await sandbox.User.RunAsync("avro-producer", HopsworksSandbox.Topic, "-e", "1", "-d", "0", "-q");

        var result = await sandbox.User.RunAsync("avro-consumer", HopsworksSandbox.Topic, "-g", "where", "--exit-at-end", "--where", "value=warm");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("--where 'value=warm' compares value, a number (double), with 'warm', which is none.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Consumed", result.Error, StringComparison.Ordinal);
    }

    private static async Task AssertAsync(string? refusal, Func<Task> check)
    {
        var error = await Record.ExceptionAsync(check);

        Assert.Equal(refusal is null ? null : ExitCode.Usage, (error as HopsKafkaException)?.ExitCode);
        Assert.Contains(refusal ?? "", error?.Message ?? "", StringComparison.Ordinal);
    }

    private async Task<string> TopicAsync(string schema, string text)
    {
        using var bench = new TopicBench(sandbox.User, HopsworksSandbox.Topic);
        var version = sandbox.User.Sandbox.State.Schemas.Register(119, schema, text)!.Version;
        var topic = $"t-{Guid.NewGuid():N}";
        using var topics = RegistryAccess.ConnectTopics(bench.Config);
        await topics.CreateTopicAsync(new TopicInfo(topic, 1, 1, schema, version, false), TestContext.Current.CancellationToken);
        return topic;
    }

    private async Task CheckAsync(string topic, PlotOptions plot, params string[] conditions)
    {
        using var bench = new TopicBench(sandbox.User, topic);
        using var registry = RegistryAccess.ConnectOnce(bench.Config);
        var filter = new EventFilter([.. conditions.Select(c => FieldCondition.TryParse(c)!)], ValueFormat.String);
        await new SchemaCheck(plot, filter).CheckTopicAsync(bench.Config, registry, null, TestContext.Current.CancellationToken);
    }
}
