using Confluent.SchemaRegistry;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.FeatureGroups;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Producer.Inputs;

/// <summary>The schema that the events of an input are written with.</summary>
/// <param name="Id">Its id in the registry.</param>
internal sealed record InputSchema(int Id, AvroType Type)
{
    /// <summary>The schema of the keys; null for keys of text.</summary>
    public KeySchema? Key { get; private init; }

    /// <summary>What the rows of a feature group are; null for events.</summary>
    public RowLayout? Rows { get; init; }

    /// <summary>The id that values begin with; null for rows, whose headers name it.</summary>
    public int? FramingId => Rows is null ? Id : null;

    /// <summary>Finds it: the version of <c>--schema-version</c>, that of <c>[kafka] schema_file</c>, or the latest of the subject.</summary>
    /// <exception cref="HopsKafkaException">There is none, it is no schema of a record, or the registry cannot be used.</exception>
    public static async Task<InputSchema> FindAsync(HopsKafkaConfig config, InputRequest request, CancellationToken stop)
    {
        using var registry = RegistryAccess.Connect(config);
        var value = await FindValueAsync(registry, config, request, stop);
        return request.HasAvroKey ? value with { Key = await KeySchema.FindAsync(registry, config.Kafka.Topic, stop) } : value;
    }

    private static async Task<InputSchema> FindValueAsync(RegistryApi registry, HopsKafkaConfig config, InputRequest request, CancellationToken stop)
    {
        if (request.SchemaVersion is null && config.Kafka.SchemaFile is not null)
        {
            var local = LocalSchema.LoadOfSubject(config.Kafka)!;
            var resolved = await SchemaResolver.ResolveAsync(registry, local, stop);
            if (resolved.Warning is not null)
            {
                ConsoleLog.Warning(resolved.Warning, WarningCodes.SchemaDiffers, resolved.Details);
            }

            return Of(resolved.Id, resolved.Text, $"the schema file {config.Kafka.SchemaFile}");
        }

        var registered = request.SchemaVersion is { } version
            ? await registry.GetRegisteredSchemaAsync(config.Kafka.Schema, version, stop)
            : await registry.GetLatestSchemaAsync(config.Kafka.Schema, stop);
        await RegistryAccess.WarnOfOtherSubjectAsync(config, stop);
        var what = $"{DisplayText.Of(registered.Subject)} version {registered.Version} (id {registered.Id})";
        ConsoleLog.Detail($"Writing with schema {what}.");
        return Of(registered.Id, registered.SchemaString, what);
    }

    private static InputSchema Of(int id, string text, string what)
    {
        try
        {
            var type = AvroType.Parse(text);
            return type.IsRecord
                ? new InputSchema(id, type)
                : throw new HopsKafkaException(
                    $"Events of an input cannot be written with {what}: it is a {type.Kind}, and not a record.", "Set [kafka] schema to the subject of a record.");
        }
        catch (FormatException e)
        {
            throw new HopsKafkaException($"Events cannot be written with {what}: {e.Message}.", "Register a valid version of it.", innerException: e);
        }
    }
}
