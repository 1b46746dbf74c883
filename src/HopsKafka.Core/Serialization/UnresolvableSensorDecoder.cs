namespace HopsKafka.Serialization;

/// <summary>Stands for a writer's schema that is not the sensor record's: it is fetched once, and refuses each record.</summary>
internal sealed class UnresolvableSensorDecoder(string why) : SensorDecoder
{
    public override SensorReading Decode(ReadOnlySpan<byte> record) =>
        throw new BadMessageException(BadMessageReason.SchemaDoesNotResolve, why);
}
