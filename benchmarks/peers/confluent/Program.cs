using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

var (topic, schema, sensors, steps) = (args[0], int.Parse(args[1]), int.Parse(args[2]), long.Parse(args[3]));
var settings = new ProducerConfig(args[4..].Select(a => a.Split('=', 2)).ToDictionary(p => p[0], p => p[1]));
var keys = Enumerable.Range(0, sensors).Select(i => Encoding.UTF8.GetBytes($"sensor{i}")).ToArray();
var (delivered, failed) = (0L, 0L);
void OnReport(DeliveryReport<byte[], byte[]> report)
{
    if (report.Error.IsError)
    {
        failed++;
    }
    else
    {
        delivered++;
    }
}

using var producer = new ProducerBuilder<byte[], byte[]>(settings).Build();
var clock = Stopwatch.StartNew();
Action<DeliveryReport<byte[], byte[]>> onReport = OnReport;
var message = new Message<byte[], byte[]>();
for (var step = 0L; step < steps && failed == 0; step++)
{
    var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    var header = new byte[16];
    BinaryPrimitives.WriteInt64BigEndian(header, 42);
    BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(8), step);
    message.Headers = [new Header("hops-step", header)];
    message.Timestamp = new Timestamp(now, TimestampType.CreateTime);
    for (var i = 0; i < sensors; i++)
    {
        message.Key = keys[i];
        message.Value = Encode(schema, now, keys[i], 20 + (step % 100 / 10.0) + i);
        while (true)
        {
            try
            {
                producer.Produce(topic, message, onReport);
                break;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                Thread.Sleep(5);
            }
        }
    }
}

while (producer.Flush(TimeSpan.FromMilliseconds(100)) > 0)
{
}

Console.WriteLine($"Delivered {delivered}, failed {failed}, in {clock.Elapsed.TotalSeconds:0.00} s.");
return failed > 0 ? 1 : 0;

static byte[] Encode(int schema, long now, byte[] id, double value)
{
    Span<byte> buffer = stackalloc byte[64];
    BinaryPrimitives.WriteInt32BigEndian(buffer[1..], schema);
    var at = Varint(buffer, 5, now);
    at = Varint(buffer, at, id.Length);
    id.CopyTo(buffer[at..]);
    BinaryPrimitives.WriteDoubleLittleEndian(buffer[(at + id.Length)..], value);
    return buffer[..(at + id.Length + sizeof(double))].ToArray();
}

static int Varint(Span<byte> buffer, int at, long value)
{
    var rest = (ulong)((value << 1) ^ (value >> 63));
    for (; rest >= 0x80; rest >>= 7)
    {
        buffer[at++] = (byte)(rest | 0x80);
    }

    buffer[at++] = (byte)rest;
    return at;
}
