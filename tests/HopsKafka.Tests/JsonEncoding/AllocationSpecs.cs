using System.Buffers;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.JsonEncoding;
using HopsKafka.Sensors;

namespace HopsKafka.Tests.JsonEncoding;

public sealed class AllocationSpecs
{
    private const int Lines = 1000;

    private const string Wide = """
        {"type":"record","name":"R","fields":[
          {"name":"a","type":["null",{"type":"record","name":"A","fields":[{"name":"x","type":"int"}]},{"type":"record","name":"B","fields":[{"name":"x","type":["int","string"]}]}]},
          {"name":"b","type":{"type":"map","values":"int"}},
          {"name":"c","type":{"type":"array","items":{"type":"bytes","logicalType":"decimal","precision":18,"scale":2}}},
          {"name":"d","type":{"type":"enum","name":"E","symbols":["X","Y"]}},
          {"name":"e","type":{"type":"fixed","name":"U","size":16,"logicalType":"uuid"}},
          {"name":"f","type":["null","float"]},{"name":"g","type":"bytes"},{"name":"h","type":"int","default":7},
          {"name":"i","type":["null",{"type":"int","logicalType":"date"}],"default":null},
          {"name":"j","type":"string","default":"é"}]}
        """;

    [Theory]
    [InlineData(SensorSchema.TutorialText, """{"timestamp":1635861774123,"id":"sensor3","value":21.374}""")]
    [InlineData(SensorSchema.TutorialText, """{"id":"sens\u006fr3","value":21,"timestamp":"2021-11-02T14:02:54.123Z"}""")]
    [InlineData(Wide, """{"j":"x\ny","a":{"x":"y"},"c":[1.5,"-99999999999999.25"],"b":{"k":1,"l":2,"m":3},"d":"Y","e":"00112233-4455-6677-8899-aabbccddeeff","f":0.1,"g":"AQI=","i":"2021-09-16"}""")]
    [InlineData(Wide, """{"a":{"B":{"x":1e3}},"b":{},"c":[],"d":"X","e":"00112233-4455-6677-8899-aabbccddeeff","f":{"float":21.374},"g":""}""")]
    public void A_line_takes_no_memory_once_the_buffers_have_grown(string schema, string json)
    {
        var encoder = new AvroJsonEncoder(AvroType.Parse(schema), ignoreUnknownFields: false);
        var output = new ArrayBufferWriter<byte>(1024);
        var line = Encoding.UTF8.GetBytes(json);
        Encode(encoder, line, output);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Encode(encoder, line, output);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Encode(AvroJsonEncoder encoder, byte[] line, ArrayBufferWriter<byte> output)
    {
        for (var i = 0; i < Lines; i++)
        {
            output.ResetWrittenCount();
            encoder.Encode(line, output);
        }
    }
}
