using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Consumer.Pictures;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Consumer;

/// <summary>Checks, before any event is read, that the schema has the fields that the options print, compare and draw.</summary>
/// <param name="output">What is shown.</param>
/// <param name="plot">What is drawn.</param>
/// <param name="filter">The conditions of <c>--where</c>.</param>
internal sealed class SchemaCheck(OutputOptions output, PlotOptions plot, EventFilter filter)
{
    /// <summary>Checks the schema that values are read with.</summary>
    /// <param name="reader">The schema; null where values are read with their writers' schemas.</param>
    /// <exception cref="HopsKafkaException">It does not fit the options.</exception>
    public void Check(ReaderSchema? reader)
    {
        if (reader is not null)
        {
            filter.Check(reader.Type);
            WarnOfAbsent(reader.Type, "The schema that values are read with", "");
            // Readings are drawn as they were written, whatever they are read with.
            PlotCheck.Check(plot, reader.Type, isSensor: plot.DrawsReadings);
        }
    }

    /// <summary>Checks the latest version of the schema that Hopsworks names for the topic; if there is none, the events' schemas are checked.</summary>
    /// <param name="reader">The schema that values are read with in place of this one; null for none.</param>
    /// <param name="subject">The subject of the schema; null for the one that Hopsworks names for the topic.</param>
    /// <returns>The schema that values are expected to have; null if it is not needed or not known.</returns>
    /// <exception cref="HopsKafkaException">It does not fit the options.</exception>
    public async Task<AvroType?> CheckTopicAsync(HopsKafkaConfig config, RegistryApi registry, ReaderSchema? reader, CancellationToken stop, string? subject = null)
    {
        var asksFields = reader is null && (output.NamesFields || !filter.IsEmpty || plot.NeedsFields);
        var asksReadings = plot is { IsWanted: true, DrawsReadings: true };
        if ((asksFields || asksReadings) && await SchemaOfTopicAsync(config, registry, subject, stop) is { } schema)
        {
            if (reader is null)
            {
                filter.Check(schema.Type);
                WarnOfAbsent(schema.Type, $"The schema of topic {config.Kafka.Topic}", ", though events of another version may");
            }

            if (reader is null || plot.DrawsReadings)
            {
                PlotCheck.Check(plot, schema.Type, schema.IsSensor);
            }

            return reader?.Type ?? schema.Type;
        }

        return reader?.Type;
    }

    private static async Task<WriterSchema?> SchemaOfTopicAsync(HopsKafkaConfig config, RegistryApi registry, string? subject, CancellationToken stop)
    {
        try
        {
            if (subject is null)
            {
                using var topics = RegistryAccess.ConnectTopicsOnce(config);
                subject = await topics.FindSubjectAsync(config.Kafka.Topic, stop);
            }

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

    private void WarnOfAbsent(AvroType root, string whose, string hope)
    {
        // Only Avro values have fields.
        if (output.Value != ValueFormat.Avro)
        {
            return;
        }

        foreach (var (path, option) in output.NamedFields.Concat(plot is { IsWanted: true, By.Field: { } by } ? [(by, "--plot-by")] : []))
        {
            if (path.TypesIn(root) is { Count: 0 })
            {
                var near = path.Suggest(root, option == "--plot-by" ? PlotGroup.Words : EventProperties.Names);
                ConsoleLog.Warning($"{whose} has no field {path.Text} ({option}){hope}.{(near is null ? "" : $" Did you mean {near}?")}", WarningCodes.FieldNotFound);
            }
        }
    }
}
