using HopsKafka.Common;
using HopsKafka.Hopsworks;

namespace HopsKafka.Tool.Init;

/// <summary>Rewords failures for the command line: before there is a config.toml, its keys are unknown.</summary>
internal static class InitErrors
{
    private static readonly (string Setting, string Option)[] s_words =
    [
        ("Set [hops] verify to a PEM file with the CA that issued it (verify = 'path'); verify = false accepts anything",
            "Name a PEM file with the CA that issued it: --verify FILE; --verify false accepts anything"),
        ("[hops] url and port, [api] base and [project] id", "--host and --port"),
        ("[hops] url and port and [api] base", "--host and --port"),
        ("[hops] url and port", "--host and --port"),
        (" (and [kafka] registry_project, if set)", ""),
        ("[hops] url", "--host"),
        ("[hops] port", "--port"),
        ("[hops] verify", "--verify"),
        ("verify = true", "--verify true"),
        ("[project] id", "--project"),
    ];

    /// <summary>Runs a step; a refusal comes out in the words of the command line.</summary>
    /// <typeparam name="T">What the step gives.</typeparam>
    /// <param name="scope">What its call needs of the API key.</param>
    /// <returns>What the step gives.</returns>
    /// <exception cref="HopsKafkaException">The step failed.</exception>
    public static async Task<T> ExplainAsync<T>(Func<Task<T>> step, string scope)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (e is IHopsKafkaError error)
        {
            var remedy = e is HopsworksException refused ? ByCode(refused.ErrorCode, scope) : null;
            throw new HopsKafkaException(Reword(error.Message), remedy ?? (error.Remedy is null ? null : Reword(error.Remedy)), error.ExitCode, e);
        }
    }

    private static string? ByCode(int code, string scope) => code switch
    {
        320004 => $"Add the scope {scope} to the API key in Hopsworks (account settings, API keys), or create a key that has it; "
            + "init needs PROJECT and KAFKA, and FEATURESTORE from Hopsworks 3.4 on.",
        150004 => "Check --project: the name of the project as Hopsworks shows it, capitals included.",
        160000 => "Check --project, or ask the project's owner to add the owner of the API key as a member.",
        110021 => "Hopsworks failed to hand out the certificates. Try again later; its administrator finds the reason in the server's log.",
        190025 => "Hopsworks knows no Kafka broker. Ask its administrator whether Kafka is running.",
        _ => null,
    };

    private static string Reword(string text) =>
        s_words.Aggregate(text, (words, w) => words.Replace(w.Setting, w.Option, StringComparison.Ordinal));
}
