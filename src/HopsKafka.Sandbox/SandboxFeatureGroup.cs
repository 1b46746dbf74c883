namespace HopsKafka.Sandbox;

/// <summary>A feature group of the sandbox, and what the headers of its rows name.</summary>
/// <param name="Id">Its id: the header <c>featureGroupId</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Topic">The online topic, which it may share with other feature groups.</param>
/// <param name="Subject">The subject of its schema.</param>
/// <param name="SubjectId">The id of its schema: the header <c>subjectId</c>.</param>
public sealed record SandboxFeatureGroup(int Id, string Name, int Version, string Topic, string Subject, int SubjectId);
