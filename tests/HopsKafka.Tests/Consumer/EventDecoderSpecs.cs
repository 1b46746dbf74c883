using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;
using HopsKafka.SchemaRegistry;
using HopsKafka.TestKit;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.Consumer;

public sealed class EventDecoderSpecs
{
    private const string Number = """{"type":"record","name":"sensor","fields":[{"name":"n","type":"int"}]}""";

    [Fact]
    public async Task A_header_names_the_schema_of_an_unframed_value()
    {
        var bytes = FeatureGroupRecord.Encode(FeatureGroupRecord.Schema, "s", null, null, null, null, null, new object[] { 1 });

        var decoded = await DecodeAsync(new DecodeOptions(), FeatureGroupRecord.Schema, null, bytes, ("subjectId", "5"));

        Assert.Equal(5, decoded.Schema!.Id);
        Assert.True(decoded.IsFeatureGroup);
        Assert.False(decoded.IsTombstone);
        Assert.EndsWith("\"plain\":[1]}", AvroJson.TextOf(decoded.Value!.Value), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete", true)]
    [InlineData("upsert", false)]
    public async Task A_deletion_is_a_tombstone_with_its_value(string operation, bool isTombstone)
    {
        var bytes = FeatureGroupRecord.Encode(FeatureGroupRecord.Schema, "s", null, null, null, null, null, null);

        var decoded = await DecodeAsync(
            new DecodeOptions(), FeatureGroupRecord.Schema, null, bytes, ("subjectId", "5"), ("operation", operation));

        Assert.Equal(isTombstone, decoded.IsTombstone);
        Assert.NotNull(decoded.Value);
    }

    [Fact]
    public async Task A_header_that_is_no_number_is_a_bad_message()
    {
        var e = await Assert.ThrowsAsync<BadMessageException>(
            () => DecodeAsync(new DecodeOptions(), Number, null, [2], ("subjectId", "five\u001b")));

        Assert.Equal(BadMessageReason.UnknownSchemaId, e.Reason);
        Assert.DoesNotContain(e.Message, char.IsControl);
    }

    [Fact]
    public async Task An_unframed_value_without_the_header_is_bad() =>
        Assert.Equal(BadMessageReason.NoMagicByte, (await Assert.ThrowsAsync<BadMessageException>(
            () => DecodeAsync(new DecodeOptions(), Number, null, "{\"n\":1}"u8.ToArray()))).Reason);

    [Fact]
    public async Task A_null_value_is_a_tombstone_and_asks_for_no_schema()
    {
        var decoded = await DecodeAsync(new DecodeOptions(), Number, null, null, ("subjectId", "5"));

        Assert.True(decoded.IsTombstone);
        Assert.Null(decoded.Schema);
        Assert.Null(decoded.Value);
    }

    [Fact]
    public async Task Keys_are_avro_only_when_they_are_asked_for()
    {
        byte[] key = [0, 0, 0, 0, 9, 4];

        var asText = await DecodeAsync(new DecodeOptions { Value = ValueFormat.Raw }, "\"int\"", key, [1]);
        var asAvro = await DecodeAsync(new DecodeOptions { Value = ValueFormat.Raw, Key = ValueFormat.Avro }, "\"int\"", key, [1]);
        var absent = await DecodeAsync(new DecodeOptions { Value = ValueFormat.Raw, Key = ValueFormat.Avro }, "\"int\"", null, [1]);
        var bad = await Assert.ThrowsAsync<BadMessageException>(
            () => DecodeAsync(new DecodeOptions { Value = ValueFormat.Raw, Key = ValueFormat.Avro }, "\"int\"", "sensor"u8.ToArray(), [1]));

        Assert.StartsWith("The key begins with byte 0x73", bad.Message, StringComparison.Ordinal);
        Assert.Null(asText.Key);
        Assert.Equal(2, asAvro.Key!.Value.Long);
        Assert.Null(absent.Key);
    }

    [Fact]
    public async Task Another_schema_of_the_sensors_name_is_no_reading_but_a_record()
    {
        var decoded = await DecodeAsync(new DecodeOptions { NeedsReadings = true }, Number, null, [0, 0, 0, 0, 9, 4]);

        Assert.Null(decoded.Reading);
        Assert.Equal("""{"n":2}""", AvroJson.TextOf(decoded.Value!.Value));
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("not json", "does not contain a valid Avro schema: it is not JSON (line 1, byte 2).")]
    [InlineData("\"nothing\"", "does not contain a valid Avro schema: 'nothing' is not a defined name.")]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"a","type":"int","default":"x"}]}""", "does not contain a valid Avro schema")]
    [InlineData("""{"type":"record","name":"R","doc":"\ud800","fields":[]}""", "does not contain a valid Avro schema")]
    public void A_file_without_a_schema_is_a_usage_error(string? text, string why)
    {
        using var dir = new HopsKafka.TestKit.TempDir();
        var file = text is null ? dir.File("absent.avsc") : dir.Write("reader.avsc", text);

        var e = Assert.Throws<HopsKafkaException>(() => ReaderSchema.ReadFile(file));

        Assert.Equal(ExitCode.Usage, e.ExitCode);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.Contains("--reader-schema", e.Remedy, StringComparison.Ordinal);
    }

    private static async Task<DecodedEvent> DecodeAsync(
        DecodeOptions options, string schema, byte[]? key, byte[]? value, params (string Name, string Value)[] headers)
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, JsonSerializer.Serialize(new { schema })));
        using var client = RegistryTestClient.For(server);
        var all = new Headers();
        Array.ForEach(headers, header => all.Add(header.Name, Encoding.UTF8.GetBytes(header.Value)));
        var source = new ConsumeResult<byte[], byte[]>
        {
            Topic = "t",
            TopicPartitionOffset = new TopicPartitionOffset("t", 0, 0),
            Message = new Message<byte[], byte[]> { Key = key!, Value = value!, Headers = all },
        };
        var decoder = new EventDecoder(new SchemaCache<WriterSchema>(id => client.GetSchemaAsync(id), (id, text) => WriterSchema.Of(id, text, "sensor")), options);
        return await decoder.DecodeAsync(source, CancellationToken.None);
    }
}
