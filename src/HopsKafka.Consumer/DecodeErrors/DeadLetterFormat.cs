using System.Buffers;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Kafka;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Consumer.DecodeErrors;

/// <summary>
/// Prints a dead letter as an event if the schema stored with it, or a reader's schema, can decode it, else with the reason and the
/// bytes.
/// </summary>
internal sealed class DeadLetterFormat : IDisposable
{
    private readonly Dictionary<int, string> _texts = [];
    private readonly OutputOptions _output;
    private readonly EventDecoder _decoder;
    private readonly EventFormat _format;
    private readonly ChunkedBuffer _text = new();

    /// <summary>Creates the format.</summary>
    /// <param name="output">How events are shown.</param>
    /// <exception cref="HopsKafkaException">The reader's schema cannot be used.</exception>
    public DeadLetterFormat(OutputOptions output)
    {
        _output = output;
        _decoder = new EventDecoder(new SchemaCache<WriterSchema>(SchemaAsync, (id, text) => WriterSchema.Of(id, text, "sensor")), Options(output));
        _format = output.CreateFormat();
    }

    /// <summary>Writes one dead letter.</summary>
    /// <returns>Whether it could be decoded.</returns>
    /// <exception cref="HopsKafkaException">The output cannot represent it.</exception>
    public async Task<bool> WriteAsync(IBufferWriter<byte> buffer, DeadLetter letter, CancellationToken stop)
    {
        try
        {
            Remember(letter);
            _text.Clear();
            _text.BeginEvent();
            _format.Write(_text, await _decoder.DecodeAsync(Source(letter), stop));
            foreach (var chunk in _text.Chunks)
            {
                buffer.Write(chunk.Span);
            }

            return true;
        }
        catch (BadMessageException e)
        {
            WriteRaw(buffer, letter, e);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _format.Dispose();

    private static DecodeOptions Options(OutputOptions output) => new()
    {
        Value = output.Value,
        Key = output.Key,
        Reader = output.ReaderSchemaFile is { } schema ? ReaderSchema.ReadFile(schema) : null,
        NeedsReadings = output.ShowsReadings,
        NeedsFields = true,
    };

    private void WriteRaw(IBufferWriter<byte> buffer, DeadLetter letter, BadMessageException e)
    {
        if (_output.Kind == OutputFormat.Json)
        {
            buffer.Write(letter.ToJson());
            buffer.Write("\n"u8);
            return;
        }

        var where = $"{letter.Topic} [{letter.Partition}] offset {letter.Offset}";
        if (_output.Kind == OutputFormat.Csv)
        {
            ConsoleLog.Warning($"{where} cannot be written as CSV: {e.Message}", e.ReasonName);
            return;
        }

        TextValueWriter.Write(buffer, $"Dead letter {where}");
        buffer.Write(": "u8);
        TextValueWriter.Write(buffer, e.Message);
        Field(buffer, "key", letter.Key is { } key ? Encoding.UTF8.GetString(key) : "null");
        Field(buffer, "value", letter.Value is { } value ? Convert.ToHexStringLower(value) : "null");
        foreach (var header in letter.Headers)
        {
            Field(buffer, $"header {header.Name}", header.Value is { } bytes ? Convert.ToHexStringLower(bytes) : "null");
        }

        buffer.Write("\n"u8);
    }

    private static void Field(IBufferWriter<byte> buffer, string name, string text)
    {
        buffer.Write("\n\t"u8);
        TextValueWriter.Write(buffer, name);
        buffer.Write(": "u8);
        TextValueWriter.Write(buffer, text);
    }

    // The consumer stores the schema with the bytes if it knows it.
    private void Remember(DeadLetter letter)
    {
        if (letter is { Schema: { } text, Value: { } value })
        {
            _texts[EventSchemaId.Of(value, Source(letter).Message.Headers).Id] = text;
        }
    }

    private Task<string> SchemaAsync(int id) => _texts.TryGetValue(id, out var text)
        ? Task.FromResult(text)
        : throw new BadMessageException(BadMessageReason.UnknownSchemaId, $"The schema with id {id}, which the value names, is not in the file.");

    private static ConsumeResult<byte[], byte[]> Source(DeadLetter letter) => new()
    {
        TopicPartitionOffset = new TopicPartitionOffset(letter.Topic, letter.Partition, letter.Offset),
        Message = letter.ToMessage(),
    };
}
