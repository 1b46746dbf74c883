using System.Buffers;
using System.Text.Json;
using Avro.Generic;
using Avro.IO;
using HopsKafka.Avro;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Avro;

/// <summary>What Apache.Avro's generic writer wrote is what is read here, for random schemas and values of fixed seeds.</summary>
[Trait("Category", "Slow")]
public sealed class AnySchemaSpecs
{
    internal const int SeedsPerCase = 40;

    public static TheoryData<int> Firsts => [.. Enumerable.Range(0, 10).Select(i => i * SeedsPerCase)];

    [Theory]
    [MemberData(nameof(Firsts))]
    public void Every_value_is_read_as_it_was_written(int first) => ForSeeds(first, (text, value, bytes, decoded) =>
        RandomValue.AssertSame(value, decoded));

    [Theory]
    [MemberData(nameof(Firsts))]
    public void A_value_encoded_anew_has_the_same_bytes(int first) => ForSeeds(first, (text, value, bytes, decoded) =>
    {
        var output = new ArrayBufferWriter<byte>();

        AvroValueWriter.Write(output, decoded.Type, decoded);

        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(output.WrittenSpan));
    });

    [Theory]
    [MemberData(nameof(Firsts))]
    public void A_value_resolved_to_its_own_schema_stays_the_same(int first) => ForSeeds(first, (text, value, bytes, decoded) =>
        RandomValue.AssertSame(value, AvroResolution.Resolve(decoded, AvroType.Parse(text))));

    [Theory]
    [MemberData(nameof(Firsts))]
    public void Its_json_is_valid_and_has_the_fields_of_the_schema(int first) => ForSeeds(first, (text, value, bytes, decoded) =>
    {
        using var json = JsonDocument.Parse(AvroJson.TextOf(decoded), new JsonDocumentOptions { MaxDepth = 1000 });

        Assert.Equal(decoded.Type.Fields.Select(f => f.Name), json.RootElement.EnumerateObject().Select(p => p.Name));
    });

    [Theory]
    [MemberData(nameof(Firsts))]
    public void Cut_at_any_byte_it_is_a_bad_message(int first) => ForSeeds(first, (text, value, bytes, decoded) =>
    {
        var schema = WriterSchema.Of(1, text, null);
        for (var cut = Math.Max(0, bytes.Length - 300); cut < bytes.Length; cut++)
        {
            Assert.Throws<BadMessageException>(() => schema.Decode(Framed(bytes[..cut])));
        }

        Assert.Equal(
            BadMessageReason.TrailingBytes, Assert.Throws<BadMessageException>(() => schema.Decode(Framed([.. bytes, 0]))).Reason);
    });

    [Theory]
    [MemberData(nameof(Firsts))]
    public void With_any_byte_changed_it_is_a_value_or_a_bad_message(int first) => ForSeeds(first, (text, value, bytes, decoded) =>
    {
        var schema = WriterSchema.Of(1, text, null);
        var random = new Random(bytes.Length);
        for (var i = 0; i < 200 && bytes.Length > 0; i++)
        {
            var changed = Framed(bytes);
            changed[ConfluentFraming.Size + random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                JsonDocument.Parse(AvroJson.TextOf(schema.Decode(changed)), new JsonDocumentOptions { MaxDepth = 1000 }).Dispose();
            }
            catch (BadMessageException e)
            {
                Assert.NotEqual(BadMessageReason.SchemaDoesNotResolve, e.Reason);
            }
        }
    });

    internal static byte[] Framed(byte[] datum) => [0, 0, 0, 0, 1, .. datum];

    internal static byte[] Written(string text, object? value)
    {
        using var bytes = new MemoryStream();
        new GenericDatumWriter<object?>(ApacheSchema.Plain(text)).Write(value, new BinaryEncoder(bytes));
        return bytes.ToArray();
    }

    private static void ForSeeds(int first, Action<string, object?, byte[], AvroValue> check)
    {
        for (var seed = first; seed < first + SeedsPerCase; seed++)
        {
            var text = new RandomSchema(new Random(seed)).Text();
            var value = new RandomValue(new Random(seed)).Of(ApacheSchema.Plain(text));
            var bytes = Written(text, value);
            try
            {
                check(text, value, bytes, WriterSchema.Of(1, text, null).Decode(Framed(bytes)));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, schema {text}, bytes {Convert.ToHexString(bytes)}", e);
            }
        }
    }
}
