using System.Buffers;
using Avro;
using Avro.Generic;
using Avro.IO;
using BenchmarkDotNet.Attributes;
using Confluent.Kafka;
using Confluent.SchemaRegistry.Serdes;
using HopsKafka.Avro;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.JsonEncoding;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;

namespace micro;

/// <summary>The cost of each step of one event, beside Apache.Avro's own writer and reader and Confluent's serdes.</summary>
[MemoryDiagnoser]
public class OneEvent : IDisposable
{
    // Confluent's serdes end on a thread of the pool: blocking on each call would measure the thread switch.
    private const int Iterations = 1000;

    private static readonly string s_wider = SensorSchema.TutorialText.Replace("}]}", """},{"name":"unit","type":"string","default":"°C"}]}""", StringComparison.Ordinal);
    private static readonly SensorReading s_reading = new(1_635_861_774_123, "sensor3", 21.374);

    private static readonly SerializationContext s_value = new(MessageComponentType.Value, "temperature");

    private readonly SensorSeries _series = new(SensorSet.Take(SensorShape.Tutorial, 4)[3]);
    private readonly SensorSerializer _serializer = new(1, SensorSchema.TutorialText);
    private readonly byte[] _buffer = new byte[64];
    private readonly WriterSchema _writer = WriterSchema.Of(1, SensorSchema.TutorialText, "sensor");
    private readonly WriterSchema _wider = WriterSchema.Of(2, s_wider, "sensor");
    private readonly byte[] _message;
    private readonly byte[] _widerMessage = new SensorSerializer(2, s_wider).Serialize(s_reading, SerializationContext.Empty);
    private readonly DecodedEvent _decoded;
    private readonly DecodedEvent _generic;
    private readonly ChunkedBuffer _output = new();
    private readonly TextFormat _text = new(new OutputOptions());
    private readonly JsonFormat _json = new(new OutputOptions { Kind = OutputFormat.Json });
    private readonly CsvFormat _csv = new(new OutputOptions { Kind = OutputFormat.Csv });
    private readonly GenericDatumWriter<GenericRecord> _apacheWriter;
    private readonly GenericDatumReader<GenericRecord> _apacheReader;
    private readonly GenericRecord _record;
    private readonly SingleSchemaRegistry _registry = new();
    private readonly AvroSerializer<GenericRecord> _confluentSerializer;
    private readonly AvroDeserializer<GenericRecord> _confluentDeserializer;
    private readonly MemoryStream _stream = new();
    private readonly MemoryStream _datum;
    private readonly AvroJsonEncoder _jsonEncoder = new(AvroType.Parse(SensorSchema.TutorialText), ignoreUnknownFields: false);
    private readonly byte[] _line = """{"id":"sensor3","timestamp":1635861774123,"value":21.374}"""u8.ToArray();
    private readonly byte[] _lineInOrder = """{"timestamp":"2021-11-02T14:02:54.123Z","id":"sensor3","value":21.374}"""u8.ToArray();
    private readonly ArrayBufferWriter<byte> _encoded = new(256);
    private long _step;

    public OneEvent()
    {
        _message = _serializer.Serialize(s_reading, SerializationContext.Empty);
        var source = new ConsumeResult<byte[], byte[]>
        {
            Topic = "temperature",
            Partition = 1,
            Offset = 4711,
            Message = new Message<byte[], byte[]>
            {
                Key = "sensor3"u8.ToArray(),
                Value = _message,
                Timestamp = new Timestamp(s_reading.Timestamp, TimestampType.CreateTime),
                Headers = [new Header(StepHeader.Name, new StepHeader(42, 7).ToBytes())],
            },
        };
        _decoded = new DecodedEvent(source) { Schema = _writer, Reading = s_reading };
        _generic = new DecodedEvent(source) { Schema = _writer, Value = _writer.Decode(_message) };
        var schema = (RecordSchema)global::Avro.Schema.Parse(SensorSchema.TutorialText);
        _apacheWriter = new GenericDatumWriter<GenericRecord>(schema);
        _apacheReader = new GenericDatumReader<GenericRecord>(schema, schema);
        _record = new GenericRecord(schema);
        _record.Add("timestamp", DateTimeOffset.FromUnixTimeMilliseconds(s_reading.Timestamp).UtcDateTime);
        _record.Add("id", s_reading.Id);
        _record.Add("value", s_reading.Value);
        _datum = new MemoryStream(_message[5..]);
        _confluentSerializer = new AvroSerializer<GenericRecord>(_registry.Client, HopsworksSerdes.Serializer);
        _confluentDeserializer = new AvroDeserializer<GenericRecord>(_registry.Client, HopsworksSerdes.Deserializer);
    }

    [Benchmark]
    public double Generate() => _series.ValueAt(_step++);

    [Benchmark]
    public int Encode() => _serializer.Write(_buffer, s_reading);

    [Benchmark]
    public int EncodeJson() => EncodeJson(_line);

    [Benchmark]
    public int EncodeJsonInOrder() => EncodeJson(_lineInOrder);

    [Benchmark]
    public long EncodeByApacheAvro()
    {
        _stream.Position = 0;
        _apacheWriter.Write(_record, new BinaryEncoder(_stream));
        return _stream.Position;
    }

    [Benchmark(OperationsPerInvoke = Iterations)]
    public async Task EncodeByConfluentsSerializer()
    {
        for (var i = 0; i < Iterations; i++)
        {
            await _confluentSerializer.SerializeAsync(_record, s_value);
        }
    }

    [Benchmark]
    public double Decode() => _writer.DecodeReading(_message).Value;

    [Benchmark]
    public double DecodeWider() => _wider.DecodeReading(_widerMessage).Value;

    [Benchmark]
    public bool DecodeAnySchema() => _writer.Decode(_message).IsNull;

    [Benchmark]
    public GenericRecord DecodeByApacheAvro()
    {
        _datum.Position = 0;
        return _apacheReader.Read(null!, new BinaryDecoder(_datum));
    }

    [Benchmark(OperationsPerInvoke = Iterations)]
    public async Task DecodeByConfluentsDeserializer()
    {
        for (var i = 0; i < Iterations; i++)
        {
            await _confluentDeserializer.DeserializeAsync(_message, false, s_value);
        }
    }

    [Benchmark]
    public int PrintText() => Print(_text, _decoded);

    [Benchmark]
    public int PrintJson() => Print(_json, _generic);

    [Benchmark]
    public int PrintCsv() => Print(_csv, _generic);

    private int EncodeJson(byte[] line)
    {
        _encoded.ResetWrittenCount();
        _jsonEncoder.Encode(line, _encoded);
        return _encoded.WrittenCount;
    }

    private int Print(EventFormat format, DecodedEvent decoded)
    {
        format.Write(_output, decoded);
        var size = _output.WrittenCount;
        _output.Clear();
        return size;
    }

    public void Dispose()
    {
        _text.Dispose();
        _json.Dispose();
        _csv.Dispose();
        _stream.Dispose();
        _datum.Dispose();
        _registry.Dispose();
        GC.SuppressFinalize(this);
    }
}
