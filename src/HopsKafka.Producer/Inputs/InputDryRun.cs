using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.Producer.FeatureGroups;

namespace HopsKafka.Producer.Inputs;

/// <summary>Prints the events that would be sent, one JSON object a line: line, key, partition, value; of a row also what is done with it.</summary>
/// <param name="rows">The feature group that the events are rows of; null for none.</param>
internal sealed class InputDryRun(InputEventSource source, InputSchema schema, DeliveryPrinter printer, FeatureGroupRequest? rows)
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = TerminalJsonEncoder.Instance, SkipValidation = true, MaxDepth = 2000 };

    /// <summary>Prints them.</summary>
    public void Run(CancellationToken stop)
    {
        ConsoleLog.Report("Dry run: nothing is sent.");
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, s_options);
        while (!stop.IsCancellationRequested && source.MoveNext())
        {
            Write(json);
            if (!printer.PrintLine(Encoding.UTF8.GetString(buffer.WrittenSpan)))
            {
                return;
            }

            buffer.ResetWrittenCount();
            json.Reset();
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        var current = source.Current;
        json.WriteStartObject();
        json.WriteNumber("line", source.Line);
        WriteKey(json, current);
        json.WriteNumber("partition", source.Partition);
        if (rows is { Delete: true })
        {
            json.WriteString("operation", "delete");
        }
        else if (rows is not null && (current.IsOlder ? FeatureStorage.Offline : rows.Storage) is not FeatureStorage.Both and var storage)
        {
            json.WriteString("storage", storage == FeatureStorage.Online ? "online" : "offline");
        }

        json.WritePropertyName("value");
        if (current.IsTombstone)
        {
            json.WriteNullValue();
        }
        else
        {
            var value = current.Value.ToArray();
            AvroJson.Write(json, schema.Rows is null ? AvroValueReader.Read(schema.Type, value, ConfluentFraming.Size) : AvroValueReader.ReadFeatures(schema.Type, value));
        }

        json.WriteEndObject();
        json.Flush();
    }

    // As avro-consumer -o json does.
    private void WriteKey(Utf8JsonWriter json, InputEvent current)
    {
        if (current.HasKey && schema.Key is { } key)
        {
            json.WritePropertyName("key");
            AvroJson.Write(json, AvroValueReader.Read(key.Type, current.Key.ToArray(), ConfluentFraming.Size));
        }
        else if (!current.HasKey)
        {
            json.WriteNull("key");
        }
        else if (Utf8.IsValid(current.Key))
        {
            json.WriteString("key", current.Key);
        }
        else
        {
            json.WriteBase64String("key_base64", current.Key);
        }
    }
}
