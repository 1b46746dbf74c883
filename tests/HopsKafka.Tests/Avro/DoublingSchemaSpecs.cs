using System.Buffers;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Kafka;
using HopsKafka.Producer.Replaying;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.Consumer;

namespace HopsKafka.Tests.Avro;

/// <summary>
/// Registered schemas of at most 10,000 characters whose records hold the one before them twice: an event of 17 bytes then has 2^40 values.
/// Each command must refuse it within bounded time. Work that never ends would keep its thread, so it runs beside the test.
/// </summary>
public sealed class DoublingSchemaSpecs
{
    private const int Levels = 40;
    private const string Reading = """{"name":"timestamp","type":"long"},{"name":"id","type":"string"},{"name":"value","type":"double"}""";
    private const string Defaulted = ",\"default\":{}";
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    internal static string Schema { get; } = Sensor($$"""{"name":"x","type":["null",{{Records("")}}]}""");

    internal static byte[] Datum { get; } = [2, 2, .. "s"u8, 0, 0, 0, 0, 0, 0, 0, 0, 2 * Levels];

    [Fact]
    public void The_event_has_17_bytes_and_the_schema_fits_into_the_registry() =>
        Assert.Equal((17, true), (AnySchemaSpecs.Framed(Datum).Length, Schema.Length < 10_000));

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Every_way_to_decode_an_event_refuses_it(bool needsReadings, bool needsFields)
    {
        var schemas = new SchemaCache<WriterSchema>(_ => Task.FromResult(Schema), (id, text) => WriterSchema.Of(id, text, "sensor"));
        var decoder = new EventDecoder(schemas, new DecodeOptions { NeedsReadings = needsReadings, NeedsFields = needsFields });
        var source = Events.Plain(AnySchemaSpecs.Framed(Datum), null).Source;

        AssertTooMany(await Assert.ThrowsAsync<BadMessageException>(() => Bounded(() => decoder.DecodeAsync(source, CancellationToken.None).AsTask())));
    }

    [Fact]
    public async Task A_dead_letter_of_it_is_shown_with_its_bytes_and_not_sent_again()
    {
        var letter = new DeadLetter
        {
            Topic = "t", Partition = 0, Offset = 5, Reason = "impossible_value", Message = "It cannot be right.", Schema = Schema, Value = AnySchemaSpecs.Framed(Datum),
        };
        using var format = new DeadLetterFormat(new OutputOptions());
        var shown = new ArrayBufferWriter<byte>();
        var schemas = new SchemaCache<WriterSchema>(_ => Task.FromResult(Schema), (id, text) => WriterSchema.Of(id, text, null));

        var isDecoded = await Bounded(() => format.WriteAsync(shown, letter, CancellationToken.None));
        var why = await Bounded(() => ReplayRun.DecodeErrorAsync(letter, schemas, CancellationToken.None));

        Assert.False(isDecoded);
        Assert.Contains("it claims more than 2000000 values", Encoding.UTF8.GetString(shown.WrittenSpan), StringComparison.Ordinal);
        Assert.Contains("it claims more than 2000000 values", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_a_reading_leaves_out_share_one_limit()
    {
        // 40 arrays with 1.5 million nulls each.
        var array = """{"type":"array","items":"null"}""";
        var schema = WriterSchema.Of(7, Sensor([.. Enumerable.Range(0, 40).Select(i => $$"""{"name":"x{{i}}","type":{{array}}}""")]), "sensor");
        byte[] nulls = [0xC0, 0x8D, 0xB7, 0x01, 0];
        byte[] one = [.. Datum[..^1], .. nulls, .. Enumerable.Repeat((byte)0, 39)];
        byte[] all = [.. Datum[..^1], .. Enumerable.Repeat(nulls, 40).SelectMany(b => b)];

        Assert.Equal("s", schema.DecodeReading(AnySchemaSpecs.Framed(one)).Id);
        AssertTooMany(await Assert.ThrowsAsync<BadMessageException>(() => Bounded(() => Task.FromResult(schema.DecodeReading(AnySchemaSpecs.Framed(all))))));
    }

    [Fact]
    public async Task A_default_of_it_is_refused_before_anything_is_sent()
    {
        var text = Sensor(
            $$"""{"name":"x","type":["null",{{Records(Defaulted)}}],"default":null}""", $"{{\"name\":\"y\",\"type\":\"E{Levels - 1}\"{Defaulted}}}");

        var registered = await Assert.ThrowsAsync<HopsKafkaException>(
            () => Bounded(() => Task.FromResult(SensorSchemaSource.ForWriting(new Confluent.SchemaRegistry.RegisteredSchema("sensor", 3, 9, text, Confluent.SchemaRegistry.SchemaType.Avro, [])))));
        var local = await Assert.ThrowsAsync<HopsKafkaException>(() => Bounded(() => Task.FromResult(SensorSchema.Parse(text))));

        Assert.Contains("(id 9): the default of its field y does not fit: ", registered.Message, StringComparison.Ordinal);
        Assert.All([registered, local], refused => Assert.Contains("has more than 100000 values", refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Defaults_that_a_reader_adds_to_each_of_many_items_count_too()
    {
        var items = BadBytesSpecs.Decode("""{"type":"array","items":{"type":"record","name":"R","fields":[]}}""", [0xC0, 0x8D, 0xB7, 0x01, 0]);
        var reader = AvroType.Parse(
            """{"type":"array","items":{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"array","items":"null"},"default":[null,null,null]}]}}""");

        AssertTooMany(await Assert.ThrowsAsync<BadMessageException>(() => Bounded(() => Task.FromResult(AvroResolution.Resolve(items, reader)))));
    }

    private static string Sensor(params string[] fields) => $$"""{"type":"record","name":"sensor","fields":[{{Reading}},{{string.Join(',', fields)}}]}""";

    // E0, which is empty, to E39.
    private static string Records(string attributes)
    {
        var all = new List<string> { """{"type":"record","name":"E0","fields":[]}""" };
        for (var level = 1; level < Levels; level++)
        {
            var held = $"\"E{level - 1}\"{attributes}";
            all.Add($$"""{"type":"record","name":"E{{level}}","fields":[{"name":"a","type":{{held}} },{"name":"b","type":{{held}} }]}""");
        }

        return string.Join(',', all);
    }

    private static void AssertTooMany(BadMessageException refused)
    {
        Assert.Equal(BadMessageReason.ImpossibleValue, refused.Reason);
        Assert.Contains("it claims more than 2000000 values", refused.Message, StringComparison.Ordinal);
    }

    private static Task<T> Bounded<T>(Func<Task<T>> work) => Task.Run(work).WaitAsync(s_limit);
}
