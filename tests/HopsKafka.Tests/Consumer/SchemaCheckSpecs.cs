using System.Collections.Concurrent;
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
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary>What <c>--where</c> compares and <c>--plot</c> draws is checked before anything is read, where the topic's schema is known.</summary>
public sealed class SchemaCheckSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Words = """{"type":"record","name":"words","fields":[{"name":"word","type":"string"}]}""";
    private const string Rain = """{"type":"record","name":"rain","fields":[{"name":"word","type":"string"},{"name":"mm","type":["null","double"]}]}""";

    private const string Orders = """
        {"type":"record","name":"orders","fields":[{"name":"ok","type":["null","boolean"]},
        {"name":"kind","type":{"type":"enum","name":"kinds","symbols":["OPEN","PAID"]}},{"name":"amount","type":"double"},
        {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"day","type":{"type":"int","logicalType":"date"}},
        {"name":"place","type":["null",{"type":"record","name":"place","fields":[{"name":"city","type":"string"}]}]},
        {"name":"tags","type":{"type":"map","values":"string"}}]}
        """;

    [Theory]
    [InlineData("words", null, "There is nothing to draw: the schema of the values (record words) is not a sensor reading.")]
    [InlineData("words", "word", "has no number in field word.")]
    [InlineData("rain", null, "(record rain) is not a sensor reading.")]
    [InlineData("rain", "absent", "has no number in field absent.")]
    [InlineData("rain", "mm", null)]
    public async Task A_picture_without_a_numeric_field_is_refused(string schema, string? field, string? refusal)
    {
        var topic = await TopicAsync(schema, schema == "words" ? Words : Rain);
        var plot = new PlotOptions { File = "a.png", Field = field is null ? null : FieldPath.TryParse(field) };

        await AssertAsync(refusal, () => CheckAsync(topic, plot));
    }

    [Theory]
    [InlineData("value=warm", "--where 'value=warm' compares value, a number (double), with 'warm', which is not one.")]
    [InlineData("id=warm", null)]
    public async Task A_number_of_the_topics_schema_that_is_compared_with_a_text_is_refused(string condition, string? refusal) =>
        await AssertAsync(refusal, () => CheckAsync(HopsworksSandbox.Topic, new PlotOptions(), condition));

    [Theory]
    [InlineData("ok=flase", "--where 'ok=flase' compares ok, a boolean, with 'flase', which is not one.")]
    [InlineData("kind=PAYED", "--where 'kind=PAYED' compares kind, an enum of OPEN, PAID, with 'PAYED', which is not one of its symbols.", "one of its symbols")]
    [InlineData("kind=PIAD", "--where 'kind=PIAD' compares kind, an enum of OPEN, PAID, with 'PIAD', which is not one of its symbols.", "with PAID, or")]
    [InlineData("at>=2026-13-01", "--where 'at>=2026-13-01' compares at, a point in time, with '2026-13-01', which is not one.")]
    [InlineData("day>=now", "--where 'day>=now' compares day, a date, with 'now', which is not one.")]
    [InlineData("ok=true", null)]
    [InlineData("ok=null", null)]
    [InlineData("kind!=PAID", null)]
    [InlineData("at>=-15m", null)]
    [InlineData("day>=2026-01-31", null)]
    public async Task A_value_that_the_type_cannot_have_is_refused(string condition, string? refusal, string? remedy = null)
    {
        var topic = await TopicAsync("orders", Orders);

        await AssertAsync(refusal, () => CheckAsync(topic, new PlotOptions(), condition));
        if (remedy is not null)
        {
            var error = await Assert.ThrowsAsync<HopsKafkaException>(() => CheckAsync(topic, new PlotOptions(), condition));
            Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--where", "kidn=OPEN", "has no field kidn (--where)")]
    [InlineData("--plot-by", "kidn", "has no field kidn (--plot-by)")]
    [InlineData("--fields", "kidn", "has no field kidn (--fields)")]
    [InlineData("--fields", "place.ctiy", "has no field place.ctiy (--fields)", "place.city")]
    [InlineData("--fields", "_ofset", "has no field _ofset (--fields)", "_offset")]
    public async Task A_field_that_the_schema_has_not_is_a_warning_before_anything_is_read(string option, string text, string warning, string near = "kind")
    {
        var topic = await TopicAsync("orders", Orders);
        var log = new ConcurrentQueue<string>();
        using (TestCommandContext.Use(log.Enqueue))
        {
            await CheckAsync(
                topic,
                option == "--plot-by" ? new PlotOptions { File = "a.png", Field = FieldPath.TryParse("amount"), By = PlotGroup.TryParse(text) } : new PlotOptions(),
                option == "--fields" ? [FieldPath.TryParseOfEvent(text)!] : null,
                option == "--where" ? [text] : []);
        }

        Assert.Contains(warning, Assert.Single(log), StringComparison.Ordinal);
        Assert.Contains($"Did you mean {near}?", log.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_the_schema_or_the_event_has_are_no_warning()
    {
        var topic = await TopicAsync("orders", Orders);
        var log = new ConcurrentQueue<string>();
        using (TestCommandContext.Use(log.Enqueue))
        {
            await CheckAsync(topic, new PlotOptions(), [.. "_key,place,place.city,tags.any".Split(',').Select(f => FieldPath.TryParseOfEvent(f)!)], "kind=OPEN", "_offset>1");
        }

        Assert.Empty(log);
    }

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

        Assert.Throws<HopsKafkaException>(() => new SchemaCheck(new OutputOptions(), new PlotOptions(), numbers).Check(reader));
        Assert.Throws<HopsKafkaException>(() => new SchemaCheck(
            new OutputOptions(), new PlotOptions { File = "a.png", Field = FieldPath.TryParse("word") }, new EventFilter([], ValueFormat.String)).Check(reader));
    }

    [Fact]
    public async Task The_consumer_ends_before_it_reads_with_the_exit_code_of_a_wrong_command_line()
    {
        await sandbox.User.RunAsync("avro-producer", HopsworksSandbox.Topic, "-e", "1", "-d", "0", "-q");

        var result = await sandbox.User.RunAsync("avro-consumer", HopsworksSandbox.Topic, "-g", "where", "--exit-at-end", "--where", "value=warm");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("--where 'value=warm' compares value, a number (double), with 'warm', which is not one.", result.Error, StringComparison.Ordinal);
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
        using var testTopic = new TestTopic(sandbox.User, HopsworksSandbox.Topic);
        var schemas = sandbox.User.Sandbox.State.Schemas;
        var version = (schemas.Register(119, schema, text) ?? schemas.Versions(119, schema)[^1]).Version;
        var topic = $"t-{Guid.NewGuid():N}";
        using var topics = RegistryAccess.ConnectTopics(testTopic.Config);
        await topics.CreateTopicAsync(new TopicInfo(topic, 1, 1, schema, version, false), TestContext.Current.CancellationToken);
        return topic;
    }

    private Task CheckAsync(string topic, PlotOptions plot, params string[] conditions) => CheckAsync(topic, plot, null, conditions);

    private async Task CheckAsync(string topic, PlotOptions plot, FieldPath[]? fields, params string[] conditions)
    {
        using var testTopic = new TestTopic(sandbox.User, topic);
        using var registry = RegistryAccess.ConnectOnce(testTopic.Config);
        var output = new OutputOptions { Fields = fields, Conditions = [.. conditions.Select(c => FieldCondition.TryParse(c)!)] };
        await new SchemaCheck(output, plot, new EventFilter(output.Conditions, output.Key))
            .CheckTopicAsync(testTopic.Config, registry, null, TestContext.Current.CancellationToken);
    }
}
