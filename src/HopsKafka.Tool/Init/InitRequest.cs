using HopsKafka.Configuration;

namespace HopsKafka.Tool.Init;

/// <summary>What <c>hops-kafka init</c> was asked for, checked.</summary>
/// <param name="Hops">The server and how its certificate is checked.</param>
/// <param name="Project">Name of the project.</param>
/// <param name="ApiKeyFile">File with the API key; null for the environment or the prompt.</param>
/// <param name="Topic">The topic; null for the only one that the project has.</param>
/// <param name="Folder">Folder to write, as given.</param>
internal sealed record InitRequest(HopsOptions Hops, string Project, string? ApiKeyFile, string? Topic, string Folder)
{
    /// <summary>Absolute path of a file to write.</summary>
    /// <param name="name">Name relative to the folder.</param>
    /// <returns>The path.</returns>
    public string PathOf(string name) => Path.GetFullPath(name, Path.GetFullPath(Folder));
}
