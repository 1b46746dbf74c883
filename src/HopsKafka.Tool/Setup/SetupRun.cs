using HopsKafka.Cli;
using HopsKafka.Configuration;
using HopsKafka.Registry;

namespace HopsKafka.Tool.Setup;

/// <summary>One run of <c>hops-kafka setup</c>: first the schema, which the topic needs, then the topic.</summary>
/// <param name="request">What was asked for.</param>
internal sealed class SetupRun(SetupRequest request)
{
    /// <summary>Runs.</summary>
    /// <param name="stop">Gives up.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = ConfigLoader.Load(request.ConfigFile);
        var local = SetupSchema.Load(request, config);
        using var registry = RegistryAccess.Connect(config);
        using var topics = RegistryAccess.ConnectTopics(config);

        var (schema, registered) = local is null
            ? (await SubjectSetup.FindRegisteredAsync(registry, config.Kafka.Schema, stop), false)
            : await new SubjectSetup(registry, local).RunAsync(stop);
        var created = await new TopicSetup(topics, request).RunAsync(config.Kafka.Topic, schema, stop);
        if (!registered && !created)
        {
            DataOutput.Line("Nothing was changed.");
        }

        if (schema.Subject != config.Kafka.Schema)
        {
            Talk.Warning(
                $"{config.File} has schema = '{config.Kafka.Schema}': the pair uses that subject until [kafka] schema is '{schema.Subject}' "
                + $"and schema_file names {request.SchemaFile}.");
        }

        return ExitCode.Ok;
    }
}
