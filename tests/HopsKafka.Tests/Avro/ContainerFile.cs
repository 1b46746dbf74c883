using System.Buffers;
using Avro.File;
using Avro.Generic;
using HopsKafka.Avro;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Avro;

/// <summary>Container files for tests, and what the reader makes of them.</summary>
internal static class ContainerFile
{
    public static byte[] Golden(string codec) => File.ReadAllBytes(Path.Combine(TestKit.Golden.Root, "tests", "golden", "containers", $"{codec}.avro"));

    /// <summary>A file as Apache.Avro writes it, a block for every so many values.</summary>
    public static byte[] Apache(string schema, IEnumerable<object?> values, Codec.Type codec = Codec.Type.Null, int perBlock = 3)
    {
        using var bytes = new MemoryStream();
        var plain = ApacheSchema.Plain(schema);
        using (var file = DataFileWriter<object?>.OpenWriter(new GenericDatumWriter<object?>(plain), bytes, Codec.CreateCodec(codec)))
        {
            var written = 0;
            foreach (var value in values)
            {
                file.Append(value);
                if (++written % perBlock == 0)
                {
                    file.Sync();
                }
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A header and blocks by hand; the codec is null.</summary>
    public static byte[] Raw(string schema, params (long Count, byte[] Data)[] blocks)
    {
        var file = new ArrayBufferWriter<byte>();
        file.Write("Obj\u0001"u8);
        AvroValueWriter.WriteLong(file, 1);
        AvroValueWriter.WriteText(file, "avro.schema");
        AvroValueWriter.WriteText(file, schema);
        AvroValueWriter.WriteLong(file, 0);
        file.Write(Sync);
        foreach (var (count, data) in blocks)
        {
            AvroValueWriter.WriteLong(file, count);
            AvroValueWriter.WriteLong(file, data.Length);
            file.Write(data);
            file.Write(Sync);
        }

        return file.WrittenSpan.ToArray();
    }

    public static byte[] Sync { get; } = [.. Enumerable.Range(65, 16).Select(i => (byte)i)];

    public static AvroContainerReader Open(byte[] file, string? target = null) =>
        new(new MemoryStream(file), "data.avro", target is null ? null : AvroType.Parse(target));

    /// <summary>All values, as the reader encodes them.</summary>
    public static List<byte[]> ReadAll(byte[] file, string? target = null)
    {
        using var reader = Open(file, target);
        return ReadRest(reader);
    }

    public static List<byte[]> ReadRest(AvroContainerReader reader)
    {
        var values = new List<byte[]>();
        var output = new ArrayBufferWriter<byte>();
        while (reader.Read(output))
        {
            values.Add(output.WrittenSpan.ToArray());
            output.ResetWrittenCount();
        }

        return values;
    }

    public static string JsonOf(string schema, byte[] datum) => AvroJson.TextOf(AvroValueReader.Read(AvroType.Parse(schema), datum, 0));
}
