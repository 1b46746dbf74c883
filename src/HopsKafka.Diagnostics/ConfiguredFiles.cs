using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>The files that a configuration names.</summary>
internal static class ConfiguredFiles
{
    /// <summary>Each with the key that names it; without the API key's.</summary>
    public static IReadOnlyList<(string Setting, string Path)> Of(HopsKafkaConfig config)
    {
        List<(string Setting, string? Path)> files =
        [
            ("[project] keystore", config.Project.KeyStore),
            ("[project] truststore", config.Project.TrustStore),
            ("[project] ca_file", config.Project.CaFile),
            ("[project] certificate_file", config.Project.CertificateFile),
            ("[project] key_file", config.Project.KeyFile),
            ("[kafka] schema_file", config.Kafka.SchemaFile),
            ("[hops] verify", config.Hops.Verify.CaFile),
        ];
        return [.. files.Where(f => f.Path is not null).Select(f => (f.Setting, f.Path!))];
    }
}
