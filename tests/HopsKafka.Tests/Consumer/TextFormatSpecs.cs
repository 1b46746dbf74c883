using System.Buffers;
using System.Runtime.CompilerServices;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;

namespace HopsKafka.Tests.Consumer;

public sealed class TextFormatSpecs
{
    [Fact]
    public void A_sensor_reading_has_the_tutorials_lines()
    {
        var reading = Events.Plain([], null) with { Reading = new SensorReading(1_635_861_774_123, "sensor3", 2) };

        Assert.Equal("Event record sensor3: id: sensor3\n\ttimestamp: 2021-11-02T14:02:54.123Z\n\tvalue: 2.0\n", Written(new OutputOptions(), reading));
    }

    [Fact]
    public void Any_other_record_has_a_line_for_each_field_without_control_characters()
    {
        var schema = Events.Record(
            """{"name":"s","type":"string"}""", """{"name":"a","type":{"type":"array","items":"string"}}""", """{"name":"b","type":"bytes"}""",
            """{"name":"n","type":"null"}""");

        var text = Written(new OutputOptions(), Events.Of(schema, "0A1B0A61C28502021B0002FF", key: "\u001b"));

        Assert.Equal("Event record \\u001b: s: \\u001b\\u000aa\\u0085\n\ta: [\"\\u001B\"]\n\tb: /w==\n\tn: null\n", text);
    }

    [Fact]
    public void Named_fields_alone_are_shown()
    {
        var schema = Events.Record("""{"name":"a","type":"int"}""", """{"name":"b","type":"int"}""");
        var options = new OutputOptions { Fields = [FieldPath.TryParse("b")!, FieldPath.TryParse("c.d")!] };

        Assert.Equal("Event record k: b: 2\n\tc.d: null\n", Written(options, Events.Of(schema, "0204")));
    }

    [Fact]
    public void Tombstones_say_so()
    {
        var deleted = Events.Of(Events.Record("""{"name":"a","type":"int"}"""), "02") with { IsTombstone = true };

        Assert.Equal("Event record k: null\nEvent record k: deleted\n", Written(new OutputOptions(), Events.Tombstone(), deleted));
    }

    [Theory]
    [InlineData("string", "Event record null: a\\u001b\n")]
    [InlineData("hex", "Event record null: 611b\n")]
    [InlineData("raw", "a\u001b\n")]
    public void Other_values_are_shown_as_they_were_asked_for(string form, string expected)
    {
        var options = new OutputOptions { Value = Enum.Parse<ValueFormat>(form, ignoreCase: true) };

        Assert.Equal(expected, Written(options, Events.Plain("a\u001b"u8.ToArray(), null)));
    }

    [Fact]
    public void The_id_of_a_sensor_is_not_kept_when_it_is_long()
    {
        using var format = new OutputOptions().CreateFormat();

        var id = WriteReading(format, length: 65);
        GC.Collect();

        Assert.False(id.IsAlive);
        GC.KeepAlive(format);
    }

    // On its own, so that no local variable of the test holds the id.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference WriteReading(EventFormat format, int length)
    {
        var id = new string('s', length);
        format.Write(new ArrayBufferWriter<byte>(), Events.Plain([], null) with { Reading = new SensorReading(0, id, 2) });
        return new WeakReference(id);
    }

    private static string Written(OutputOptions options, params DecodedEvent[] events)
    {
        using var format = options.CreateFormat();
        return Events.Written(format, events);
    }
}
