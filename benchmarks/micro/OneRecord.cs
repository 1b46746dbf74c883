using System.Buffers;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using HopsKafka.Avro;
using HopsKafka.CsvEncoding;
using HopsKafka.Sensors;

namespace micro;

/// <summary>The cost of one record of an input file: a row of CSV, a value of an Avro file as it is, or resolved to another schema.</summary>
[MemoryDiagnoser]
public class OneRecord
{
    private const int Iterations = 100_000;
    private const int PerBlock = 1000;

    private static readonly AvroType s_schema = AvroType.Parse(SensorSchema.TutorialText);
    private static readonly AvroType s_wider = AvroType.Parse(SensorSchema.TutorialText.Replace("}]}", """},{"name":"unit","type":"string","default":"°C"}]}""", StringComparison.Ordinal));

    private readonly ArrayBufferWriter<byte> _output = new(256);
    private readonly byte[] _csv;
    private readonly byte[] _avro;

    public OneRecord()
    {
        var csv = new StringBuilder("id,timestamp,value\n");
        for (var i = 0; i < Iterations; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"sensor{i % 10},{1_635_861_774_123 + i},{20 + (i % 1000 * 0.001):F3}\n");
        }

        _csv = Encoding.UTF8.GetBytes(csv.ToString());
        var file = new MemoryStream();
        using var writer = new AvroContainerWriter(file, SensorSchema.TutorialText);
        using var rows = new AvroCsvReader(new MemoryStream(_csv), "rows", s_schema, new CsvOptions());
        for (var i = 1; rows.Read(); i++)
        {
            _output.ResetWrittenCount();
            rows.Encode(_output);
            writer.Add(_output.WrittenSpan);
            if (i % PerBlock == 0)
            {
                writer.Flush();
            }
        }

        _avro = file.ToArray();
    }

    [Benchmark(OperationsPerInvoke = Iterations)]
    public int Csv()
    {
        using var reader = new AvroCsvReader(new MemoryStream(_csv), "rows", s_schema, new CsvOptions());
        var read = 0;
        for (; reader.Read(); read++)
        {
            _output.ResetWrittenCount();
            reader.Encode(_output);
        }

        return read;
    }

    [Benchmark(OperationsPerInvoke = Iterations)]
    public long Avro() => ReadAvro(s_schema);

    [Benchmark(OperationsPerInvoke = Iterations)]
    public long AvroResolved() => ReadAvro(s_wider);

    private long ReadAvro(AvroType target)
    {
        using var reader = new AvroContainerReader(new MemoryStream(_avro), "file", target);
        do
        {
            _output.ResetWrittenCount();
        }
        while (reader.Read(_output));
        return reader.Ordinal;
    }
}
