using System.Globalization;
using System.Text.RegularExpressions;
using HopsKafka.Avro;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.Schemas;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>Creates a feature group: first what can be refused, then topic, subject and job.</summary>
internal sealed partial class FeatureGroupCreation(HopsworksState state, IEmbeddedKafka kafka, ServerQuirks quirks)
{
    // Of a server without settings of its own.
    private const int Partitions = 2;
    private const int MaxSchema = 10_000;

    private static readonly string[] s_eventTimeTypes = ["date", "timestamp", "bigint"];

    public async Task<StoredFeatureGroup> RunAsync(HopsworksProject project, HopsworksUser creator, FeatureGroupDefinition definition)
    {
        var version = Version(project, definition);
        CheckEventTime(definition);
        var schema = Schema(project, definition, version);
        var id = state.FeatureGroups.NextId();
        var topic = await CreateTopicAsync(project, TopicName(project, definition, id, version));
        var subject = StoredFeatureGroup.SubjectOf(definition.Name, version);
        var registered = state.Schemas.Register(project.Id, subject, schema) ?? throw RegistryErrors.Incompatible;
        if (!quirks.SharesOnlineTopic)
        {
            state.Topics.SetSchema(topic, subject, registered.Version);
        }

        var job = new MaterializationJob(
            state.FeatureGroups.NextId(), MaterializationJob.NameOf(definition.Name, version), creator, project.Name);
        var group = new StoredFeatureGroup(id, version, project, definition, topic, job);
        state.FeatureGroups.Add(group);
        return group;
    }

    private int Version(HopsworksProject project, FeatureGroupDefinition definition)
    {
        var versions = state.FeatureGroups.Of(project.Id).Where(group => group.Name == definition.Name).Select(group => group.Version).ToList();
        var version = definition.Version ?? versions.Append(0).Max() + 1;
        return versions.Contains(version) ? throw FeatureStoreErrors.FeatureGroupExists : version;
    }

    private static void CheckEventTime(FeatureGroupDefinition definition)
    {
        if (definition.EventTime is not { } name)
        {
            return;
        }

        var feature = definition.Features.FirstOrDefault(feature => string.Equals(feature.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw FeatureStoreErrors.NoEventTime(name);
        if (!s_eventTimeTypes.Contains(feature.Type, StringComparer.OrdinalIgnoreCase))
        {
            throw FeatureStoreErrors.EventTimeType(name, feature.Type);
        }
    }

    private static AvroType Schema(HopsworksProject project, FeatureGroupDefinition definition, int version)
    {
        foreach (var name in definition.Features.Select(feature => feature.Name).Prepend(definition.Name).Where(name => !Name().IsMatch(name)))
        {
            throw FeatureStoreErrors.IllegalName(name);
        }

        var text = FeatureAvroType.SchemaOf(
            StoredFeatureGroup.SubjectOf(definition.Name, version), $"{project.FeatureStoreName}.db", definition.Features);
        try
        {
            var type = AvroType.Parse(text);
            return type.ToJavaText().Length <= MaxSchema ? type : throw ErrorResponses.Unhandled();
        }
        catch (InvalidSchemaException e)
        {
            throw ErrorResponses.Unhandled(e); // a feature or a member that comes twice, for example
        }
    }

    private string TopicName(HopsworksProject project, FeatureGroupDefinition definition, int id, int version)
    {
        if (!quirks.SharesOnlineTopic)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{project.Id}_{id}_{definition.Name}_{version}_onlinefs");
        }

        return definition.TopicName ?? (definition.OnlineEnabled ? $"{project.Name}_onlinefs" : project.Name);
    }

    private async Task<string> CreateTopicAsync(HopsworksProject project, string name)
    {
        var topic = new HopsworksTopic(name, Partitions, SandboxComponents.ReplicationFactor(kafka.Brokers.Count), project.Id, null, null);
        if (!state.Topics.TryAdd(topic))
        {
            return state.Topics.Find(name)?.OwnerProjectId == project.Id ? name : throw KafkaErrors.TopicExists;
        }

        try
        {
            await kafka.CreateTopicAsync(name, topic.Partitions, topic.Replicas, CancellationToken.None);
            return name;
        }
        catch (Exception e)
        {
            state.Topics.Remove(name);
            throw KafkaErrors.CreationFailed(e);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex Name();
}
