using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;

namespace HopsKafka.Consumer.Counting;

/// <summary>Prints at the end how many events each key had, instead of the events. Avro keys are equal if their JSON is.</summary>
internal sealed class CountFormat(OutputOptions options) : EventFormat
{
    private const string Header = "COUNT";

    private static readonly JsonWriterOptions s_options = new() { Encoder = TerminalJsonEncoder.Instance };

    private readonly KeyCounts _counts = new();
    private readonly ArrayBufferWriter<byte> _json = new();

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> buffer, DecodedEvent decoded)
    {
        if (decoded.Key is { } key)
        {
            _json.ResetWrittenCount();
            AvroJson.Write(_json, key);
            _counts.Add(_json.WrittenSpan);
        }
        else
        {
            _counts.Add(decoded.Source.Message.Key);
        }
    }

    /// <inheritdoc/>
    public override void Finish(IBufferWriter<byte> buffer, AvroType? expected)
    {
        var counts = _counts.Ordered();
        switch (options.Kind)
        {
            case OutputFormat.Json:
                WriteJson(buffer, counts);
                break;
            case OutputFormat.Csv:
                WriteCsv(buffer, counts);
                break;
            default:
                WriteTable(buffer, counts);
                break;
        }
    }

    // Keys are the last column, so that they need no common width and are never wrapped.
    private void WriteTable(IBufferWriter<byte> buffer, IReadOnlyList<(byte[]? Key, long Count)> counts)
    {
        var width = Math.Max(Header.Length, counts.Count == 0 ? 0 : Number(counts[0].Count).Length);
        TextValueWriter.Write(buffer, $"{Header.PadLeft(width)}  KEY");
        buffer.Write("\n"u8);
        foreach (var (key, count) in counts)
        {
            TextValueWriter.Write(buffer, Number(count).PadLeft(width));
            buffer.Write("  "u8);
            TextValueWriter.Write(buffer, TextOf(key) ?? "null"u8);
            buffer.Write("\n"u8);
        }
    }

    private void WriteCsv(IBufferWriter<byte> buffer, IReadOnlyList<(byte[]? Key, long Count)> counts)
    {
        var row = new CsvRow(options.IsForTerminal, options.EscapesFormulas);
        row.Start(buffer);
        row.Add("key");
        row.Add("count");
        row.End();
        foreach (var (key, count) in counts)
        {
            row.Start(buffer);
            if (TextOf(key) is { } text)
            {
                row.AddUtf8(text);
            }
            else
            {
                row.Add(default(string));
            }

            row.Add(count);
            row.End();
        }
    }

    private void WriteJson(IBufferWriter<byte> buffer, IReadOnlyList<(byte[]? Key, long Count)> counts)
    {
        using var json = new Utf8JsonWriter(buffer, s_options);
        foreach (var (key, count) in counts)
        {
            json.WriteStartObject();
            WriteKey(json, key);
            json.WriteNumber("count", count);
            json.WriteEndObject();
            json.Flush();
            json.Reset(buffer);
            buffer.Write("\n"u8);
        }
    }

    private void WriteKey(Utf8JsonWriter json, byte[]? key)
    {
        if (key is null)
        {
            json.WriteNull("key");
        }
        else if (options.Key == ValueFormat.Avro)
        {
            json.WritePropertyName("key");
            json.WriteRawValue(key, skipInputValidation: true);
        }
        else if (options.Key == ValueFormat.String && !Utf8.IsValid(key))
        {
            json.WriteBase64String("key_base64", key);
        }
        else
        {
            json.WriteString("key", TextOf(key));
        }
    }

    private byte[]? TextOf(byte[]? key) => key is null ? null : options.Key switch
    {
        ValueFormat.Hex => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key)),
        ValueFormat.Avro => TextOfJson(key),
        _ => key,
    };

    private static byte[] TextOfJson(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? Encoding.UTF8.GetBytes(reader.GetString()!) : json;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
