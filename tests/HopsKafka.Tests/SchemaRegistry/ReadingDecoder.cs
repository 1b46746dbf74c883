using HopsKafka.Consumer.Decoding;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.Consumer;

namespace HopsKafka.Tests.SchemaRegistry;

/// <summary>Decodes sensor readings as the consumer does, by the writers' schemas of a registry.</summary>
internal sealed class ReadingDecoder(Func<int, Task<string>> fetch)
{
    private readonly EventDecoder _decoder = new(
        new SchemaCache<WriterSchema>(fetch, (id, text) => WriterSchema.Of(id, text, "sensor")), new DecodeOptions { NeedsReadings = true });

    public ReadingDecoder(RegistryApi client)
        : this(id => client.GetSchemaAsync(id))
    {
    }

    public ReadingDecoder(HopsworksSchemaRegistryClient client)
        : this(async id => (await client.GetSchemaAsync(id)).SchemaString)
    {
    }

    public async ValueTask<SensorReading> DecodeAsync(byte[] value, CancellationToken stop = default) =>
        (await _decoder.DecodeAsync(Events.Plain(value, null).Source, stop)).Reading!.Value;
}
