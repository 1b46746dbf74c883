namespace HopsKafka.Projects;

/// <summary>A topic as Hopsworks lists it for a project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Subject">Subject of its schema; null when it has none (possible from Hopsworks 3.4 on).</param>
/// <param name="IsShared">True when another project owns it: its schema is then registered in that project.</param>
public sealed record ProjectTopic(string Name, string? Subject, bool IsShared);
