using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>The files that a configuration names.</summary>
internal static class ConfiguredFiles
{
    public const string Project = "[project]";
    public const string Schema = "[kafka] schema_file";
    public const string Verify = "[hops] verify";

    /// <summary>Each file with its setting, except that of the API key.</summary>
    public static IReadOnlyList<(string Setting, string Path)> Of(HopsKafkaConfig config)
    {
        List<(string Setting, string? Path)> files =
        [
            ($"{Project} keystore", config.Project.KeyStore),
            ($"{Project} truststore", config.Project.TrustStore),
            ($"{Project} ca_file", config.Project.CaFile),
            ($"{Project} certificate_file", config.Project.CertificateFile),
            ($"{Project} key_file", config.Project.KeyFile),
            (Schema, config.Kafka.SchemaFile),
            (Verify, config.Hops.Verify.CaFile),
        ];
        return [.. files.Where(f => f.Path is not null).Select(f => (f.Setting, f.Path!))];
    }
}
