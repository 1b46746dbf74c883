using System.Text.Json;
using HopsKafka.Sensors;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Avro;

/// <summary>One reading and its bytes, made by an independent Avro implementation.</summary>
internal sealed record GoldenPayload(int SchemaId, SensorReading Reading, byte[] Bytes)
{
    public static IReadOnlyList<GoldenPayload> All { get; } = Read();

    public static TheoryData<int> Indexes { get; } = [.. Enumerable.Range(0, All.Count)];

    private static List<GoldenPayload> Read()
    {
        using var json = JsonDocument.Parse(Golden.Read("payloads.json"));
        return [.. json.RootElement.EnumerateArray().Select(p => new GoldenPayload(
            p.GetProperty("schema_id").GetInt32(),
            new SensorReading(
                p.GetProperty("timestamp_millis").GetInt64(), p.GetProperty("id").GetString()!, p.GetProperty("value").GetDouble()),
            Convert.FromHexString(p.GetProperty("payload_hex").GetString()!)))];
    }
}
