using System.Collections.Concurrent;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>The topics of all projects. Safe for use by many threads.</summary>
public sealed class TopicStore
{
    private readonly ConcurrentDictionary<string, HopsworksTopic> _topics = new(StringComparer.Ordinal);

    /// <summary>Adds a topic unless its name is taken, by any project.</summary>
    /// <param name="topic">The topic.</param>
    /// <returns>False when the name is taken.</returns>
    public bool TryAdd(HopsworksTopic topic) => _topics.TryAdd(topic.Name, topic);

    /// <summary>Finds a topic of any project.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The topic, or null.</returns>
    public HopsworksTopic? Find(string name) => _topics.GetValueOrDefault(name);

    /// <summary>The topics that a project owns or that are shared with it, by name.</summary>
    /// <param name="projectId">The project.</param>
    /// <returns>The topics.</returns>
    public IReadOnlyList<HopsworksTopic> VisibleTo(int projectId) =>
        [.. _topics.Values.Where(topic => topic.OwnerProjectId == projectId || topic.SharedWith.Contains(projectId))
            .OrderBy(topic => topic.Name, StringComparer.Ordinal)];

    /// <summary>Removes a topic.</summary>
    /// <param name="name">Its name; an absent one is fine.</param>
    public void Remove(string name) => _topics.TryRemove(name, out _);

    /// <summary>Lets another project see a topic.</summary>
    /// <param name="name">Name of an existing topic.</param>
    /// <param name="projectId">The other project.</param>
    public void Share(string name, int projectId) =>
        Change(name, topic => topic with { SharedWith = topic.SharedWith.Add(projectId) });

    /// <summary>Gives a topic another schema.</summary>
    /// <param name="name">Name of an existing topic.</param>
    /// <param name="subject">Subject in the owner's project.</param>
    /// <param name="version">Version of the subject.</param>
    public void SetSchema(string name, string subject, int version) =>
        Change(name, topic => topic with { Subject = subject, SchemaVersion = version });

    private void Change(string name, Func<HopsworksTopic, HopsworksTopic> change) => _topics.AddOrUpdate(
        name, _ => throw new ArgumentException($"no topic '{name}'", nameof(name)), (_, topic) => change(topic));
}
