using HopsKafka.Cli;
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
            var remedy = e is HopsworksException refused ? ProjectErrors.Remedy(refused.ErrorCode, scope, "--project") : null;
            throw new HopsKafkaException(Reword(error.Message), remedy ?? (error.Remedy is null ? null : Reword(error.Remedy)), error.ExitCode, e);
        }
    }

    private static string Reword(string text) =>
        s_words.Aggregate(text, (words, w) => words.Replace(w.Setting, w.Option, StringComparison.Ordinal));
}
