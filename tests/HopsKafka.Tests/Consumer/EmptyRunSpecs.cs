using HopsKafka.Avro;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

/// <summary>A run that has nothing to show says so where somebody would look for it.</summary>
public sealed class EmptyRunSpecs(SharedSandbox sandbox)
{
    private static readonly AvroType s_schema = AvroType.Parse("""
        {"type":"record","name":"r","fields":[{"name":"n","type":"int"},
        {"name":"place","type":["null",{"type":"record","name":"p","fields":[{"name":"city","type":"string"}]}]}]}
        """);

    [Theory]
    [InlineData("n,_offset", ValueFormat.Avro, false, "n,_offset\r\n")]
    [InlineData(null, ValueFormat.Avro, true, "_partition,_offset,_timestamp,_key,n,place.city\r\n")]
    [InlineData(null, ValueFormat.Avro, false, "")]
    [InlineData(null, ValueFormat.String, false, "_partition,_offset,_timestamp,_key,value\r\n")]
    public void Csv_without_events_has_the_header_that_is_known(string? fields, object value, bool isSchemaKnown, string expected)
    {
        using var format = new OutputOptions
        {
            Kind = OutputFormat.Csv, Value = (ValueFormat)value, Fields = fields is null ? null : [.. fields.Split(',').Select(name => FieldPath.TryParseOfEvent(name)!)],
        }.CreateFormat();
        var buffer = new ChunkedBuffer();

        format.Finish(buffer, isSchemaKnown ? s_schema : null);

        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString([.. buffer.Chunks.SelectMany(chunk => chunk.ToArray())]));
    }

    [Fact]
    public void Csv_with_events_has_one_header()
    {
        using var format = new OutputOptions { Kind = OutputFormat.Csv, Fields = [FieldPath.TryParse("n")!] }.CreateFormat();
        Events.Written(format, Events.Of(Events.Record("""{"name":"n","type":"int"}"""), "0A"));
        var buffer = new ChunkedBuffer();

        format.Finish(buffer, s_schema);

        Assert.Equal(0, buffer.WrittenCount);
    }

    [Theory]
    [InlineData("_partition,_offset,_timestamp,_key,timestamp,id,value\r\n")]
    [InlineData("id,_key\r\n", "--fields", "id,_key")]
    public async Task The_consumer_writes_the_header_of_the_topics_schema_when_no_event_meets_the_condition(string header, params string[] fields)
    {
        await sandbox.User.RunAsync("avro-producer", HopsworksSandbox.Topic, "-e", "1", "-d", "0", "-q");

        var result = await sandbox.User.RunAsync(
            "avro-consumer", HopsworksSandbox.Topic, ["--partition", "0", "--from", "beginning", "--exit-at-end", "-o", "csv", "--where", "id=none", .. fields]);

        Assert.Equal((0, header), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData("end", "5", "Nothing can be read from temperature [0]: --until 5 is not after --from, which is offset ", "--partition", "0")]
    [InlineData("0", "0:0", "Nothing can be read from temperature [0]: --until 0 is not after --from, which is offset 0.", "--partition", "0")]
    [InlineData("beginning", "1:0", "Nothing can be read from temperature [1]: --until 0 is not after --from, which is offset 0.", "--partition", "1")]
    [InlineData("end", "2020-01-01", "Nothing can be read from temperature: --until is not after --from.", "--partition", "0")]
    public async Task An_end_that_is_not_after_the_start_is_a_warning(string from, string until, string warning, params string[] partition)
    {
        await sandbox.User.RunAsync("avro-producer", HopsworksSandbox.Topic, "-e", "20", "-d", "0", "-q");

        var result = await sandbox.User.RunAsync("avro-consumer", HopsworksSandbox.Topic, ["--from", from, "--until", until, .. partition]);

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Contains(warning, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_after_the_start_is_none()
    {
        var result = await sandbox.User.RunAsync("avro-consumer", HopsworksSandbox.Topic, "--from", "beginning", "--until", "end", "--partition", "0", "-q");

        Assert.DoesNotContain("Nothing can be read", result.Error, StringComparison.Ordinal);
    }
}
