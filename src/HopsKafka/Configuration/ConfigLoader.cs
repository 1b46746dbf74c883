using System.Collections;
using HopsKafka.Certificates;
using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>
/// Reads config.toml and the environment into a <see cref="HopsKafkaConfig"/>. A key of the environment is
/// <c>HOPSKAFKA_</c>, the table, two underscores and the key (<c>HOPSKAFKA_KAFKA__CONSUMER__GROUP_ID</c>,
/// <c>HOPSKAFKA_SENSOR__0__BASELINE</c>), and wins over the file. Relative paths, those of the environment as well, start at
/// the file's folder.
/// </summary>
internal static class ConfigLoader
{
    /// <summary>Reads a file and this process's environment.</summary>
    /// <param name="path">Path of the file, as the user gave it.</param>
    /// <param name="needsTopic">False for a command that works without a topic: it and its schema may be absent, and are then empty.</param>
    /// <returns>The configuration, checked and with defaults filled in.</returns>
    /// <exception cref="HopsKafkaException">The file or a setting is missing or wrong; exit code 2.</exception>
    public static HopsKafkaConfig Load(string path, bool needsTopic = true) => Load(
        path,
        Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? ""),
        needsTopic);

    /// <summary>Reads a file and an environment.</summary>
    /// <param name="path">Path of the file, as the user gave it.</param>
    /// <param name="environment">Variables by name; those without the prefix <c>HOPSKAFKA_</c> are not looked at.</param>
    /// <param name="needsTopic">False for a command that works without a topic: it and its schema may be absent, and are then empty.</param>
    /// <returns>The configuration, checked and with defaults filled in.</returns>
    /// <exception cref="HopsKafkaException">The file or a setting is missing or wrong; exit code 2.</exception>
    public static HopsKafkaConfig Load(string path, IReadOnlyDictionary<string, string> environment, bool needsTopic = true)
    {
        var problems = new ConfigErrors(path);
        var root = ConfigTree.Parse(ConfigFile.Read(path), problems);
        new UnknownKeys(problems).Check(root);
        new EnvironmentOverlay(root, problems).Apply(environment);
        var config = Read(path, root, needsTopic, problems);
        problems.ThrowFirst();
        return config;
    }

    /// <summary>Reads a tree.</summary>
    /// <param name="path">Path of a file in the folder where relative paths start.</param>
    /// <param name="issued">Key and certificates from the server; null for those of the files.</param>
    internal static HopsKafkaConfig Read(string path, ConfigTable root, bool needsTopic, ConfigErrors problems, ProjectCertificates? issued = null)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var hops = new HopsSection(Reader("hops")).Read();
        var kafka = new KafkaSection(Reader("kafka"), problems).Read(root.Table("kafka"), hops.Url, needsTopic);
        return new HopsKafkaConfig(
            path,
            hops,
            new ProjectSection(Reader("project")).Read(kafka.Security.NeedsCertificate, issued),
            kafka,
            new ApiSection(Reader("api")).Read(),
            new SensorSection(folder, problems).Read(root.Children.GetValueOrDefault(ConfigSchema.Sensor)));

        TableReader Reader(string table) => new(ConfigSchema.Header(table), [table], root.Table(table), folder, problems);
    }
}
