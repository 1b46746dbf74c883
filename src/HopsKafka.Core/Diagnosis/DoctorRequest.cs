namespace HopsKafka.Diagnosis;

/// <summary>What is to be checked.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Group">The consumer group; null for that of the configuration.</param>
/// <param name="RoundTrip">Whether to send one event there and back.</param>
public sealed record DoctorRequest(string ConfigFile, string? Group, bool RoundTrip);
