using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Avro.Generic;
using Avro.IO;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;
using HopsKafka.Sensors;
using HopsKafka.TestKit;
using HopsKafka.Tests.Avro;

namespace HopsKafka.Tests.JsonEncoding;

/// <summary>What is read again to the same bytes: the JSON of the consumer, of Apache.Avro and of Python's fastavro.</summary>
public sealed class RoundTripSpecs
{
    private const string Unions = """
        {"type":"record","name":"Order","namespace":"shop","fields":[
          {"name":"size","type":["null","int","string",{"type":"array","items":["null","double","boolean"]}]},
          {"name":"color","type":["null",{"type":"enum","name":"Color","symbols":["RED","GREEN"]}]},
          {"name":"item","type":["null",{"type":"record","name":"Item","fields":[{"name":"price","type":"float"},{"name":"next","type":["null","shop.Item"]}]}]},
          {"name":"map","type":["null",{"type":"map","values":["null","long","shop.Item","string"]}]},
          {"name":"plain","type":{"type":"array","items":{"type":"map","values":"double"}}}]}
        """;

    public static TheoryData<int> Firsts => AnySchemaSpecs.Firsts;

    public static TheoryData<int> FastavroLines => [.. Enumerable.Range(0, ReadFastavro().Count)];

    [Theory]
    [MemberData(nameof(Firsts))]
    public void What_the_consumer_prints_is_read_to_the_same_bytes(int first)
    {
        for (var seed = first; seed < first + AnySchemaSpecs.SeedsPerCase; seed++)
        {
            var text = new RandomSchema(new Random(seed)).Text();
            var type = AvroType.Parse(text);
            var ambiguous = JsonAmbiguities.Of(type).Select(found => found.Branch).ToHashSet();
            var value = new RandomAvroValue(new Random(seed), ambiguous).Of(type);
            var (bytes, json) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
            AvroValueWriter.Write(bytes, type, value);
            AvroJson.Write(json, value);

            var again = Encoded.Bytes(type, json.WrittenSpan.ToArray());
            var shuffled = Encoded.Bytes(type, Encoding.UTF8.GetBytes(Reversed(JsonNode.Parse(json.WrittenSpan)!, type).ToJsonString()));

            Assert.True(bytes.WrittenSpan.SequenceEqual(again), $"Seed {seed}, schema {text}, JSON {Encoding.UTF8.GetString(json.WrittenSpan)}");
            Assert.True(bytes.WrittenSpan.SequenceEqual(shuffled), $"Seed {seed} with its fields in another order, schema {text}, JSON {Encoding.UTF8.GetString(json.WrittenSpan)}");
        }
    }

    [Fact]
    public void The_json_of_apache_avro_is_read()
    {
        var schema = (global::Avro.RecordSchema)global::Avro.Schema.Parse(Unions);
        for (var seed = 0; seed < 200; seed++)
        {
            var value = new RandomValue(new Random(seed)).Of(schema);
            using var json = new MemoryStream();
            var encoder = new JsonEncoder(schema, json);
            new GenericDatumWriter<object?>(schema).Write(value, encoder);
            encoder.Flush();

            var bytes = Encoded.Bytes(AvroType.Parse(Unions), json.ToArray());

            // .NET's NaN has a sign, that of all others has none.
            var expected = Convert.ToHexString(AnySchemaSpecs.Written(Unions, value)).Replace("000000000000F8FF", "000000000000F87F", StringComparison.Ordinal)
                .Replace("0000C0FF", "0000C07F", StringComparison.Ordinal);
            Assert.True(expected == Convert.ToHexString(bytes), $"Seed {seed}: {Encoding.UTF8.GetString(json.ToArray())}");
        }
    }

    [Theory]
    [MemberData(nameof(FastavroLines))]
    public void The_json_of_fastavro_is_read(int index)
    {
        var (schema, json, hex) = ReadFastavro()[index];

        Assert.Equal(hex.ToUpperInvariant(), Encoded.Hex(schema, json));
    }

    [Theory]
    [MemberData(nameof(GoldenPayload.Indexes), MemberType = typeof(GoldenPayload))]
    public void Readings_are_encoded_as_the_golden_payloads(int index)
    {
        var golden = GoldenPayload.All[index];
        var (timestamp, id, value) = golden.Reading;
        var json = JsonSerializer.SerializeToUtf8Bytes(new { id, timestamp, value });

        Assert.Equal(golden.Bytes[ConfluentFraming.Size..], Encoded.Bytes(AvroType.Parse(SensorSchema.TutorialText), json));
        Assert.Equal(
            golden.Bytes[ConfluentFraming.Size..],
            Encoded.Bytes(AvroType.Parse(SensorSchema.TutorialText), Encoding.UTF8.GetBytes(AvroJson.TextOf(AvroValueReader.Read(AvroType.Parse(SensorSchema.TutorialText), golden.Bytes, ConfluentFraming.Size)))));
    }

    // The fields of records, not the keys of maps, whose order the bytes keep.
    private static JsonObject Reversed(JsonNode record, AvroType type)
    {
        var reversed = new JsonObject();
        foreach (var field in type.Fields.Reverse())
        {
            var value = record[field.Name]?.DeepClone();
            reversed[field.Name] = value is not null && field.Type.IsRecord ? Reversed(value, field.Type) : value;
        }

        return reversed;
    }

    private static List<(string Schema, string Json, string Hex)> ReadFastavro()
    {
        using var golden = JsonDocument.Parse(Golden.Read("fastavro-json.json"));
        return [.. golden.RootElement.EnumerateArray().SelectMany(schema => schema.GetProperty("lines").EnumerateArray().Select(line => (
            schema.GetProperty("schema").GetRawText(), line.GetProperty("json").GetString()!, line.GetProperty("hex").GetString()!)))];
    }
}
