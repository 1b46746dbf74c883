using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>The topics of all projects. Safe for use by many threads.</summary>
internal sealed class TopicStore
{
    private readonly ConcurrentDictionary<string, HopsworksTopic> _topics = new(StringComparer.Ordinal);

    /// <summary>Adds a topic unless its name is taken, by any project.</summary>
    public bool TryAdd(HopsworksTopic topic) => _topics.TryAdd(topic.Name, topic);

    public HopsworksTopic? Find(string name) => _topics.GetValueOrDefault(name);

    /// <summary>The topics that a project owns or that are shared with it, by name.</summary>
    public IReadOnlyList<HopsworksTopic> VisibleTo(int projectId) =>
        [.. _topics.Values.Where(topic => topic.OwnerProjectId == projectId || topic.SharedWith.Contains(projectId))
            .OrderBy(topic => topic.Name, StringComparer.Ordinal)];

    public void Remove(string name) => _topics.TryRemove(name, out _);

    public void Share(string name, int projectId) =>
        Change(name, topic => topic with { SharedWith = topic.SharedWith.Add(projectId) });

    public void SetSchema(string name, string subject, int version) =>
        Change(name, topic => topic with { Subject = subject, SchemaVersion = version });

    private void Change(string name, Func<HopsworksTopic, HopsworksTopic> change) => _topics.AddOrUpdate(
        name, _ => throw new ArgumentException($"no topic '{name}'", nameof(name)), (_, topic) => change(topic));
}

/// <summary>A topic of Hopsworks; the name is unique in the cluster, subject and version may be null from 3.4 on.</summary>
internal sealed record HopsworksTopic(
    string Name, int Partitions, int Replicas, int OwnerProjectId, string? Subject, int? SchemaVersion)
{
    /// <summary>Projects that see the topic beside its owner.</summary>
    public ImmutableHashSet<int> SharedWith { get; init; } = [];
}
