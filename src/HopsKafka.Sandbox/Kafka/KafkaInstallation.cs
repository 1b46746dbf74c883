using HopsKafka.Common;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>An installation of Apache Kafka, and the Java that runs it.</summary>
/// <param name="Java">Path of the java executable.</param>
/// <param name="ClassPath">Java's class path: all jars of the installation.</param>
internal sealed record KafkaInstallation(string Java, string ClassPath)
{
    public const string Option = "--kafka-home";

    private const string ClientsJar = "kafka-clients-";

    private static readonly Version s_oldest = new(4, 0);

    /// <summary>Checks an installation before anything is started.</summary>
    /// <param name="home">The folder that holds <c>libs/</c>.</param>
    /// <exception cref="HopsKafkaException">This is no installation, it is too old, or there is no Java.</exception>
    public static KafkaInstallation Find(string home)
    {
        var libs = Path.Combine(Path.GetFullPath(home), "libs");
        var jar = Directory.Exists(libs) ? Directory.EnumerateFiles(libs, $"{ClientsJar}*.jar").FirstOrDefault() : null;
        if (jar is null)
        {
            throw new HopsKafkaException(
                $"{home}, given by {Option}, is no Apache Kafka: {libs} holds no {ClientsJar}*.jar.",
                $"Give {Option} the folder of an unpacked download of Apache Kafka {s_oldest} or newer.", ExitCode.Usage);
        }

        var text = Path.GetFileNameWithoutExtension(jar)[ClientsJar.Length..];
        if (Version.TryParse(text.Split('-')[0], out var version) && version < s_oldest)
        {
            throw new HopsKafkaException(
                $"{home}, given by {Option}, is Apache Kafka {text}: too old.",
                $"Use Apache Kafka {s_oldest} or newer.", ExitCode.Usage);
        }

        return new KafkaInstallation(FindJava(), Path.Combine(libs, "*"));
    }

    private static string FindJava()
    {
        var name = OperatingSystem.IsWindows() ? "java.exe" : "java";
        var javaHome = Environment.GetEnvironmentVariable("JAVA_HOME");
        var folders = string.IsNullOrEmpty(javaHome)
            ? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [Path.Combine(javaHome, "bin")];
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new HopsKafkaException(
                $"A real Kafka ({Option}) needs Java, and " + (string.IsNullOrEmpty(javaHome)
                    ? "there is none in PATH."
                    : $"JAVA_HOME={javaHome} holds no bin/{name}."),
                "Install Java 17 or newer, or set JAVA_HOME to one.", ExitCode.Usage);
    }
}
