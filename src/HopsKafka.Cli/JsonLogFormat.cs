using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HopsKafka.Common;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Cli;

/// <summary>
/// A message as one line of JSON: <c>timestamp</c> (ISO 8601, UTC), <c>level</c>, <c>code</c>, <c>message</c>, <c>remedy</c>, <c>fields</c>, and <c>details</c> if there
/// are any.
/// </summary>
/// <param name="time">The clock of the timestamps.</param>
internal sealed class JsonLogFormat(TimeProvider time) : ILogFormat
{
    private const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly JsonWriterOptions s_options = new() { Encoder = TerminalJsonEncoder.Instance };

    /// <inheritdoc/>
    public bool IsForPeople => false;

    /// <inheritdoc/>
    public string Format(LogEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow().UtcDateTime.ToString(TimestampFormat, CultureInfo.InvariantCulture));
            json.WriteString("level", entry.Severity);
            json.WriteString("code", entry.Code);
            json.WriteString("message", entry.Message.Trim()); // indented for people
            json.WriteString("remedy", entry.Remedy);
            WriteFields(json, entry.Fields ?? []);
            WriteDetails(json, entry.Details);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <inheritdoc/>
    public string FormatTable(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, int? width) =>
        string.Concat(rows.Select(row => Format(OfRow([.. headers.Zip(row, KeyValuePair.Create)]))));

    /// <inheritdoc/>
    public string FormatQuestion(string question) => Format(new LogEntry(LogLevel.Information, question.TrimEnd()) { Code = "question" });

    // A row is a message of its own: its cells are the fields.
    private static LogEntry OfRow(List<KeyValuePair<string, string>> cells) =>
        new(LogLevel.Information, string.Join(", ", cells.Select(cell => $"{cell.Key} {cell.Value}")))
        {
            Code = "row",
            Fields = cells.Select(cell => KeyValuePair.Create(cell.Key.Replace(' ', '_'), ValueOf(cell.Value))),
        };

    private static object? ValueOf(string cell) =>
        long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : cell;

    private static void WriteFields(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        json.WriteStartObject("fields");
        foreach (var (name, value) in fields)
        {
            switch (value)
            {
                case int or long:
                    json.WriteNumber(name, Convert.ToInt64(value, null));
                    break;
                case double:
                    json.WriteNumber(name, (double)value);
                    break;
                case JsonNode node:
                    json.WritePropertyName(name);
                    node.WriteTo(json);
                    break;
                default:
                    json.WriteString(name, value?.ToString());
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, IReadOnlyList<string> details)
    {
        if (details.Count > 0)
        {
            json.WriteStartArray("details");
            foreach (var line in details)
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
        }
    }
}
