using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Consumer.Pictures;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Consumer;

/// <summary>Checks before anything is read that the topic's schema has what <c>--where</c> compares and <c>--plot</c> draws.</summary>
/// <param name="plot">What is drawn.</param>
/// <param name="filter">The conditions of <c>--where</c>.</param>
internal sealed class SchemaCheck(PlotOptions plot, EventFilter filter)
{
    /// <summary>Checks the schema that values are read with.</summary>
    /// <param name="reader">The schema; null where values are read with their writers' schemas.</param>
    /// <exception cref="HopsKafkaException">It does not fit the options.</exception>
    public void Check(ReaderSchema? reader)
    {
        if (reader is not null)
        {
            filter.Check(reader.Type);
            // Readings are drawn as they were written, whatever they are read with.
            PlotCheck.Check(plot, reader.Type, isSensor: plot.IsPlain);
        }
    }

    /// <summary>Checks the latest version of the schema that Hopsworks names for the topic; where it names none, the events will tell.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="registry">Fetches the schema.</param>
    /// <param name="reader">The schema that values are read with in place of this one; null for none.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="HopsKafkaException">It does not fit the options.</exception>
    public async Task CheckTopicAsync(HopsKafkaConfig config, RegistryApi registry, ReaderSchema? reader, CancellationToken stop)
    {
        var asksFields = reader is null && (!filter.IsEmpty || plot.NeedsFields);
        var asksReadings = plot is { IsWanted: true, IsPlain: true };
        if ((asksFields || asksReadings) && await SchemaOfTopicAsync(config, registry, stop) is { } schema)
        {
            if (reader is null)
            {
                filter.Check(schema.Type);
            }

            if (reader is null || plot.IsPlain)
            {
                PlotCheck.Check(plot, schema.Type, schema.IsSensor);
            }
        }
    }

    private static async Task<WriterSchema?> SchemaOfTopicAsync(HopsKafkaConfig config, RegistryApi registry, CancellationToken stop)
    {
        try
        {
            using var topics = RegistryAccess.ConnectTopicsOnce(config);
            var subject = (await topics.GetTopicsAsync(stop)).FirstOrDefault(topic => topic.Name == config.Kafka.Topic)?.Subject;
            if (subject is null)
            {
                return null;
            }

            var latest = await registry.GetLatestSchemaAsync(subject, stop);
            return WriterSchema.Of(latest.Id, latest.SchemaString, config.Kafka.Schema) is { IsUsable: true } schema ? schema : null;
        }
        catch (HopsworksException e)
        {
            ConsoleLog.Detail($"The schema of topic {config.Kafka.Topic} is not known at the start: {e.Message}");
            return null;
        }
    }
}
