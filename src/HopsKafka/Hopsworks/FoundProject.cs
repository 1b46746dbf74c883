using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Hopsworks;

/// <summary>A project that the server has.</summary>
internal sealed record FoundProject(int Id, string Name)
{
    private const int MostListed = 20;

    /// <summary>The operation of a look-up by id, for messages.</summary>
    public static string LookUp(int id) => $"looking up the name of project {id}";

    /// <summary>The project with an id.</summary>
    /// <param name="all">The projects of the owner of the API key.</param>
    /// <exception cref="HopsKafkaException">The owner has no project with this id.</exception>
    public static FoundProject Select(Sourced<int> id, IReadOnlyList<FoundProject> all) => all.FirstOrDefault(project => project.Id == id.Value) ?? throw Missing(id, all);

    /// <summary>The error that the settings give this project another id.</summary>
    public HopsKafkaException Contradicts(Sourced<int> id) => new(
        $"Project {DisplayText.Of(Name)} has the id {Id}, but the id is {id.Value} in {id.Source}.",
        "Correct the name or the id there, or remove one of the two: either suffices.",
        ExitCode.Usage);

    private static HopsKafkaException Missing(Sourced<int> id, IReadOnlyList<FoundProject> all)
    {
        var more = all.Count > MostListed ? $" and {all.Count - MostListed} more" : "";
        var listed = all.Count == 0 ? "none" : string.Join(", ", all.Take(MostListed).Select(project => $"{DisplayText.Of(project.Name)} ({project.Id})")) + more;
        return new HopsKafkaException(
            $"The owner of the API key has no project with the id {id.Value}; the owner's projects: {listed}.",
            $"Check the id in {id.Source}, or ask the project's owner to add the owner of the API key as a member.");
    }
}
