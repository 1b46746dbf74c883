using HopsKafka.Common;
using HopsKafka.Hopsworks;

namespace HopsKafka.Cli;

/// <summary>What to do about errors while a project's settings are requested from the server: each call needs a scope of its own.</summary>
internal static class ProjectErrors
{
    /// <summary>The remedy of an error code; null for that of the REST client.</summary>
    /// <param name="scope">The scope that the call needs.</param>
    /// <param name="project">What names the project.</param>
    public static string? Remedy(int code, string scope, string project) => code switch
    {
        320004 => $"Add the scope {scope} to the API key in Hopsworks (account settings, API keys), or create a key that has it; "
            + $"{CommandContext.Current.Tool} needs PROJECT and KAFKA, and FEATURESTORE from Hopsworks 3.4 on.",
        150004 => $"Check {project}: the name of the project as Hopsworks shows it, capitals included.",
        160000 => $"Check {project}, or ask the project's owner to add the owner of the API key as a member.",
        110021 => "Hopsworks failed to hand out the certificates. Try again later; its administrator finds the reason in the server's log.",
        190025 => "Hopsworks knows no Kafka broker. Ask its administrator whether Kafka is running.",
        _ => null,
    };

    /// <summary>Calls the server.</summary>
    /// <exception cref="HopsKafkaException">The server refused the call.</exception>
    public static async Task<T> ExplainAsync<T>(Task<T> call, string scope, string project)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            return await call;
        }
        catch (HopsworksException e) when (Remedy(e.ErrorCode, scope, project) is { } remedy)
        {
            throw new HopsKafkaException(e.Message, remedy, e.ExitCode, e);
        }
    }
}
