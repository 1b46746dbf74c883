using System.Buffers;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.CsvEncoding;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Tests.CsvEncoding;

/// <summary>CSV for tests, and the values that it is read as.</summary>
internal static class CsvInput
{
    public static AvroCsvReader Open(string text, string schema, CsvOptions? options = null) => Open(Encoding.UTF8.GetBytes(text), schema, options);

    public static AvroCsvReader Open(byte[] bytes, string schema, CsvOptions? options = null) =>
        new(new MemoryStream(bytes), "data.csv", AvroType.Parse(schema), options ?? new CsvOptions());

    /// <summary>Each row as JSON, or why it is none.</summary>
    public static List<string> Read(string text, string schema, CsvOptions? options = null)
    {
        using var reader = Open(text, schema, options);
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(Encode(reader, schema));
        }

        return rows;
    }

    public static string Encode(AvroCsvReader reader, string schema)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            reader.Encode(output);
        }
        catch (AvroEncodingException e)
        {
            return $"line {reader.LineNumber}: {e.Message}";
        }

        return AvroJson.TextOf(AvroValueReader.Read(AvroType.Parse(schema), output.WrittenSpan.ToArray(), 0));
    }

    public static string Record(params string[] fields) => $$"""{"type":"record","name":"R","fields":[{{string.Join(',', fields)}}]}""";

    public static string Field(string name, string type, string? byDefault = null) =>
        $$"""{"name":"{{name}}","type":{{type}}{{(byDefault is null ? "" : $",\"default\":{byDefault}")}}}""";
}
