using System.Buffers;
using System.Text;
using Confluent.Kafka;
using HopsKafka.AvroValues;
using HopsKafka.Cli;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.DeadLetters;
using HopsKafka.Registry;
using HopsKafka.Serialization;

namespace HopsKafka.Consumer.BadMessages;

/// <summary>
/// Prints dead letters without a cluster: as events where the schema that lies beside the bytes, or a reader's schema, can read them,
/// else with the reason and the bytes.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="output">How events are shown.</param>
internal sealed class LetterPrinter(string file, OutputOptions output)
{
    private const string Option = "--decode";

    private readonly Dictionary<int, string> _texts = [];
    private readonly StandardOutput _stdout = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private long _badLines;
    private long _decoded;
    private long _letters;

    /// <summary>Prints them all.</summary>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The exit code: failed when a line is no dead letter.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var decoder = new EventDecoder(new SchemasById<WriterSchema>(SchemaAsync, (id, text) => WriterSchema.Of(id, text, "sensor")), Options());
        using var format = output.Format();
        foreach (var (_, letter) in DeadLetterFile.Read(file, Option, TellBadLine))
        {
            stop.ThrowIfCancellationRequested();
            _letters++;
            Remember(letter);
            await PrintAsync(letter, decoder, format, stop);
            _stdout.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
            if (!_stdout.HasReader)
            {
                break;
            }
        }

        Talk.Line($"{_letters} dead letters, {_decoded} of them can be decoded.");
        return _badLines > 0 ? ExitCode.Failed : ExitCode.Ok;
    }

    private DecodeOptions Options() => new()
    {
        Value = output.Value,
        Key = output.Key,
        Reader = output.ReaderSchemaFile is { } schema ? ReaderSchema.ReadFile(schema) : null,
        NeedsReadings = output.ShowsReadings,
        NeedsFields = true,
    };

    private async Task PrintAsync(DeadLetter letter, EventDecoder decoder, EventFormat format, CancellationToken stop)
    {
        var source = Source(letter);
        try
        {
            format.Write(_buffer, await decoder.DecodeAsync(source, stop));
            _decoded++;
        }
        catch (BadMessageException e)
        {
            PrintRaw(letter, e);
        }
    }

    private void PrintRaw(DeadLetter letter, BadMessageException e)
    {
        if (output.Kind == OutputKind.Json)
        {
            _buffer.Write(letter.ToJson());
            _buffer.Write("\n"u8);
            return;
        }

        var where = $"{letter.Topic} [{letter.Partition}] offset {letter.Offset}";
        if (output.Kind == OutputKind.Csv)
        {
            Talk.Warning($"{where} has no columns: {e.Message}");
            return;
        }

        PlainText.Write(_buffer, $"Dead letter {where}");
        _buffer.Write(": "u8);
        PlainText.Write(_buffer, e.Message);
        Field("key", letter.Key is { } key ? Encoding.UTF8.GetString(key) : "null");
        Field("value", letter.Value is { } value ? Convert.ToHexStringLower(value) : "null");
        foreach (var header in letter.Headers)
        {
            Field($"header {header.Name}", header.Value is { } bytes ? Convert.ToHexStringLower(bytes) : "null");
        }

        _buffer.Write("\n"u8);
    }

    private void Field(string name, string text)
    {
        _buffer.Write("\n\t"u8);
        PlainText.Write(_buffer, name);
        _buffer.Write(": "u8);
        PlainText.Write(_buffer, text);
    }

    private void TellBadLine(int number, string why)
    {
        _badLines++;
        Talk.Warning($"{file}({number}): {why}.");
    }

    // The consumer put the schema beside the bytes where it knew it.
    private void Remember(DeadLetter letter)
    {
        if (letter is { Schema: { } text, Value: { } value })
        {
            _texts[EventSchemaId.Of(value, Source(letter).Message.Headers).Id] = text;
        }
    }

    private Task<Schema> SchemaAsync(int id) => _texts.TryGetValue(id, out var text)
        ? Task.FromResult(new Schema(text))
        : throw new BadMessageException(BadMessageReason.UnknownSchemaId, $"The schema with id {id}, which the value names, is not in the file.");

    private static ConsumeResult<byte[], byte[]> Source(DeadLetter letter) => new()
    {
        TopicPartitionOffset = new TopicPartitionOffset(letter.Topic, letter.Partition, letter.Offset),
        Message = letter.ToMessage(),
    };
}
