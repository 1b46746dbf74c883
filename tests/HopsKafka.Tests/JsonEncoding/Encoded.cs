using System.Buffers;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Tests.JsonEncoding;

/// <summary>Short ways to encode a line, and to see what it became.</summary>
internal static class Encoded
{
    public static string Hex(string schema, string json, bool ignoreUnknownFields = false) =>
        Convert.ToHexString(Bytes(AvroType.Parse(schema), Encoding.UTF8.GetBytes(json), ignoreUnknownFields));

    public static byte[] Bytes(AvroType schema, byte[] json, bool ignoreUnknownFields = false)
    {
        var output = new ArrayBufferWriter<byte>();
        new AvroJsonEncoder(schema, ignoreUnknownFields).Encode(json, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>What AvroJson prints of what the line became.</summary>
    public static string Again(string schema, string json)
    {
        var type = AvroType.Parse(schema);
        var printed = new ArrayBufferWriter<byte>();
        AvroJson.Write(printed, AvroValueReader.Read(type, Bytes(type, Encoding.UTF8.GetBytes(json)), 0));
        return Encoding.UTF8.GetString(printed.WrittenSpan);
    }

    public static AvroEncodingException Error(string schema, string json, bool ignoreUnknownFields = false) =>
        Assert.Throws<AvroEncodingException>(() => Hex(schema, json, ignoreUnknownFields));

    /// <summary>Asserts path, offset and a part of the reason.</summary>
    public static void AssertError(string schema, string json, string path, int offset, string reason)
    {
        var error = Error(schema, json);

        Assert.Equal((path, offset), (error.FieldPath, error.Offset));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal(path.Length == 0 ? error.Reason : $"{path}: {error.Reason}", error.Message);
    }

    public static string Record(string fields) => $$"""{"type":"record","name":"R","namespace":"ns","fields":[{{fields}}]}""";
}
