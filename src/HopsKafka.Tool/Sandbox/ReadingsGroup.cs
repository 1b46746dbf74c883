using HopsKafka.Cli;
using HopsKafka.Sandbox;

namespace HopsKafka.Tool.Sandbox;

/// <summary>The feature group of the documents' examples, and the rows that they write to it.</summary>
internal static class ReadingsGroup
{
    /// <summary>What a person calls its features.</summary>
    public const string Features = "id (primary key), at (event time), value, tags";

    private const string FileName = "readings.csv";

    /// <summary>The name for <c>--feature-group</c>.</summary>
    public static FeatureGroupName Name { get; } = new("readings", 1);

    /// <summary>The release in which a writer can wait for the online store, and mark the newest row of a key.</summary>
    public static Version Release { get; } = new(5, 2);

    /// <summary>Creates the feature group.</summary>
    public static Task CreateAsync(HopsworksSandbox sandbox) => sandbox.CreateFeatureGroupAsync(
        Name.Name, 1, [new("id", "string", Primary: true), new("at", "timestamp"), new("value", "double"), new("tags", "array<string>")], eventTime: "at");

    /// <summary>Writes three rows of two keys to a file.</summary>
    /// <param name="folder">The sandbox's folder.</param>
    /// <param name="replaces">Whether it replaces a file that exists, which a user may have changed.</param>
    /// <returns>The path of the file.</returns>
    public static string WriteRows(string folder, bool replaces)
    {
        var path = Path.Combine(folder, FileName);
        if (replaces || !Path.Exists(path))
        {
            File.WriteAllText(
                path,
                """
                id,at,value,tags
                sensor1,2024-05-01T10:00:00Z,20.5,"[""indoor""]"
                sensor1,2024-05-01T11:00:00Z,21.0,[]
                sensor2,2024-05-01T10:00:00Z,,[]

                """);
        }

        return path;
    }
}
