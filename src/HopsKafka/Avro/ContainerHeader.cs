using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Avro;

/// <summary>The header of an Avro object container file.</summary>
/// <param name="SchemaText">The writer's schema, as it is spelled.</param>
/// <param name="Schema">The same, parsed.</param>
/// <param name="Codec">The name of the codec of its blocks; <c>null</c> for none.</param>
/// <param name="Metadata">All entries, those of the two above among them.</param>
/// <param name="Sync">The 16 bytes behind each block.</param>
internal sealed record ContainerHeader(string SchemaText, AvroType Schema, string Codec, IReadOnlyDictionary<string, byte[]> Metadata, byte[] Sync)
{
    /// <summary>Bytes of a sync marker.</summary>
    public const int SyncSize = 16;

    private const int MaxMetadataSize = 64 * 1024 * 1024;
    private const string SchemaKey = "avro.schema";
    private const string CodecKey = "avro.codec";

    private static ReadOnlySpan<byte> Magic => "Obj\u0001"u8;

    /// <summary>Takes the header.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="HopsKafkaException">It has none, or one that cannot be used.</exception>
    public static ContainerHeader Read(ContainerInput input, string name)
    {
        try
        {
            CheckMagic(input, name);
            var metadata = ReadMetadata(input);
            byte[] sync = [];
            input.Read(ref sync, SyncSize);
            var schema = metadata.TryGetValue(SchemaKey, out var text) ? Text(text, "its schema") : throw new InvalidDataException($"it has no {SchemaKey}");
            var codec = metadata.TryGetValue(CodecKey, out var word) ? Text(word, "the name of its codec") : "null";
            return new ContainerHeader(schema, AvroType.Parse(schema), codec, metadata, sync[..SyncSize]);
        }
        catch (EndOfStreamException e)
        {
            throw Unusable(name, $"the file ends inside it, at byte {input.Position}", e);
        }
        catch (InvalidSchemaException e)
        {
            throw Unusable(name, $"its schema is not a valid Avro schema: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidDataException or BadMessageException)
        {
            throw Unusable(name, e.Message.TrimEnd('.'), e);
        }
    }

    private static void CheckMagic(ContainerInput input, string name)
    {
        if (input.IsAtEnd)
        {
            throw NotContainer(name, "it is empty");
        }

        byte[] magic = [];
        try
        {
            input.Read(ref magic, Magic.Length);
        }
        catch (EndOfStreamException)
        {
            throw NotContainer(name, $"it has only {input.Position} bytes");
        }

        if (!magic.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw NotContainer(name, $"it begins with the bytes {Convert.ToHexString(magic, 0, Magic.Length)}, not with {Convert.ToHexString(Magic)}");
        }
    }

    private static Dictionary<string, byte[]> ReadMetadata(ContainerInput input)
    {
        var metadata = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var left = MaxMetadataSize;
        for (var count = ReadBlockCount(input); count > 0; count = ReadBlockCount(input))
        {
            for (; count > 0; count--)
            {
                var key = Text(ReadPart(input, ref left), "a key of its metadata");
                metadata[key] = ReadPart(input, ref left);
            }
        }

        return metadata;
    }

    private static long ReadBlockCount(ContainerInput input)
    {
        var count = input.ReadLong();
        if (count < 0)
        {
            input.ReadLong();
        }

        return count != long.MinValue ? Math.Abs(count) : throw new InvalidDataException($"its metadata has {count} entries");
    }

    private static byte[] ReadPart(ContainerInput input, ref int left)
    {
        var length = input.ReadLong();
        if (length < 0 || length >= left)
        {
            throw new InvalidDataException(length < 0 ? $"a length is {length}" : $"its metadata is longer than {MaxMetadataSize} bytes");
        }

        // One for the length itself, or entries without bytes would have no end.
        left -= (int)length + 1;
        byte[] part = [];
        input.Read(ref part, (int)length);
        return part[..(int)length];
    }

    private static string Text(byte[] utf8, string what)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"{what} is not UTF-8");
        }
    }

    private static HopsKafkaException NotContainer(string name, string why) =>
        new($"{name} is not an Avro object container file: {why}.", "Choose the format of the input by --input-format.", ExitCode.Usage);

    private static HopsKafkaException Unusable(string name, string why, Exception inner) => new(
        $"The header of {name} cannot be read: {why}.", "The file is damaged or was not copied as a whole: copy or write it again.", ExitCode.Usage, inner);
}
