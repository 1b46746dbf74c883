using Avro;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Sensors;

/// <summary>Decodes timestamp, id, value in this order: what all writers of the tutorial's record make.</summary>
internal sealed class PlainSensorDecoder : SensorDecoder
{
    private readonly StringCache _ids = new();

    public override SensorReading Decode(ReadOnlySpan<byte> record)
    {
        var reader = new AvroSpanReader(record);
        var reading = new SensorReading(reader.ReadLong(), reader.ReadString(_ids), reader.ReadDouble());
        reader.ExpectEnd();
        return reading;
    }
}

/// <summary>Decodes the records of one writer's schema.</summary>
internal abstract class SensorDecoder
{
    /// <param name="record">The Avro binary, without framing.</param>
    /// <exception cref="BadMessageException">The bytes are no reading.</exception>
    public abstract SensorReading Decode(ReadOnlySpan<byte> record);

    /// <summary>Never fails: a schema that is no sensor's gives a decoder that refuses each record with the reason.</summary>
    public static SensorDecoder For(int id, string writerText, string name)
    {
        try
        {
            return For(writerText, name);
        }
        catch (FormatException e)
        {
            return new UnresolvableSensorDecoder($"The writer's schema (id {id}) cannot be read as record {name}: {e.Message}.");
        }
    }

    /// <exception cref="FormatException">It is no sensor's schema, or no schema at all.</exception>
    public static SensorDecoder For(string writerText, string name)
    {
        var writer = AvroSchemaText.Parse(writerText);
        SensorSchema.CheckMillis(writer);
        return For(writer.Plain as RecordSchema ?? throw new FormatException($"it is a {writer.Plain.Name}, not a record"), name);
    }

    private static SensorDecoder For(RecordSchema writer, string name)
    {
        // Avro resolves records by their names without namespace.
        if (writer.Name != Unqualified(name))
        {
            throw new FormatException($"it is record {writer.Fullname}");
        }

        var plain = SensorLayout.PlainRecord(writer.Fullname);
        return SchemaNormalization.ToParsingForm(writer) == SchemaNormalization.ToParsingForm(plain)
            ? new PlainSensorDecoder()
            : new ResolvingSensorDecoder(writer);
    }

    private static string Unqualified(string name) => name[(name.LastIndexOf('.') + 1)..];
}

/// <summary>Stands for a writer's schema that is not the sensor record's: it is fetched once, and refuses each record.</summary>
internal sealed class UnresolvableSensorDecoder(string why) : SensorDecoder
{
    public override SensorReading Decode(ReadOnlySpan<byte> record) =>
        throw new BadMessageException(BadMessageReason.SchemaDoesNotResolve, why);
}
