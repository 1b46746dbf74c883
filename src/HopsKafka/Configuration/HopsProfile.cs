using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>A table of <c>~/.hops.toml</c>, the file of Hopsworks' command line tool <c>hops</c>. Its keys beyond these are not read.</summary>
/// <param name="Name">Name of the table.</param>
/// <param name="Address">The REST API; null if the profile names no host.</param>
/// <param name="ProjectId">Id of the project.</param>
internal sealed record HopsProfile(string Name, HostAddress? Address, Secret? ApiKey, string? Project, int? ProjectId)
{
    /// <summary>The profile that is read if none is named, as <c>hops</c> does.</summary>
    public const string DefaultName = "default";

    /// <summary>The file as messages call it.</summary>
    public const string File = "~/.hops.toml";

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>What messages call the profile.</summary>
    public static string Label(string name) => $"profile {DisplayText.Of(name)} of {File}";

    /// <summary>The path of the file; null if the environment names no home folder.</summary>
    public static string? PathIn(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") is { Length: > 0 } home ? Path.Combine(home, ".hops.toml") : null;

    /// <summary>Whether other users of this machine may read the file.</summary>
    public static bool IsReadableByOthers(string path) => !OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(path) & Others) != 0;

    /// <summary>Reads a profile.</summary>
    /// <param name="path">Path of the file, which exists.</param>
    /// <returns>The profile, null if the file has no such table; and the names of its tables.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be read, or a value is wrong; exit code 2.</exception>
    public static (HopsProfile? Profile, IReadOnlyList<string> Names) Read(string path, string name)
    {
        var problems = new ConfigErrors(File);
        var root = ConfigTree.Parse(ConfigFile.Read(path), problems);
        var names = root.Children.Where(child => child.Value is ConfigTable).Select(child => child.Key).ToList();
        if (root.Table(name) is not { } table)
        {
            return (null, names);
        }

        var reader = new TableReader($"[{name}]", [name], table, Path.GetDirectoryName(path)!, problems);
        var profile = new HopsProfile(name, Host(reader), Key(reader), reader.OptionalText("project", "'myproject'"), reader.Positive("project_id", int.MaxValue, "119"));
        problems.ThrowFirst();
        return (profile, names);
    }

    private static HostAddress? Host(TableReader reader)
    {
        if (reader.OptionalText("host", HostAddress.Example) is not { Length: > 0 } text)
        {
            return null;
        }

        if (HostAddress.Parse(text, out var fault) is { } address)
        {
            return address;
        }

        reader.Refuse("host", fault, HostAddress.Example);
        return null;
    }

    private static Secret? Key(TableReader reader)
    {
        if (reader.OptionalText("api_key", "'prefix.secret'")?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        if (!ApiOptions.IsKey(text))
        {
            reader.Refuse("api_key", "has white space or letters in it that no API key has", "'prefix.secret'");
        }

        return new Secret(text);
    }
}
