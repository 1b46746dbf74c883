using HopsKafka.Projects;

namespace HopsKafka.Tool.Init;

/// <summary>What the server told, for config.toml.</summary>
/// <param name="ProjectId">Id of the project.</param>
/// <param name="Brokers">The brokers.</param>
/// <param name="Topics">All topics that the project sees.</param>
/// <param name="Topic">Name of the topic to use: asked for, or the only one; null when it is open.</param>
internal sealed record InitFacts(int ProjectId, BrokerList Brokers, IReadOnlyList<ProjectTopic> Topics, string? Topic)
{
    /// <summary>The topic as the project lists it; null when it does not, or when the topic is open.</summary>
    public ProjectTopic? Listed => Topics.FirstOrDefault(t => t.Name == Topic);
}
