namespace HopsKafka.Serialization;

/// <summary>Decodes timestamp, id, value in this order: what all writers of the tutorial's record make.</summary>
internal sealed class PlainSensorDecoder : SensorDecoder
{
    private readonly RecentTexts _ids = new();

    public override SensorReading Decode(ReadOnlySpan<byte> record)
    {
        var reader = new AvroSpanReader(record);
        var reading = new SensorReading(reader.ReadLong(), reader.ReadString(_ids), reader.ReadDouble());
        reader.ExpectEnd();
        return reading;
    }
}
