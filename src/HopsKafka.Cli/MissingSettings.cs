using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Cli;

/// <summary>What a configuration without config.toml lacks.</summary>
internal static class MissingSettings
{
    /// <summary>Throws if host, project or API key is named nowhere.</summary>
    /// <param name="path">Path of the absent file.</param>
    /// <param name="found">What the variables of Hopsworks' clients or a profile set.</param>
    /// <exception cref="HopsKafkaException">Something is missing; the remedy names each way to set it.</exception>
    public static void Refuse(string path, ServerSettings found, bool hasHost, bool hasProject, bool hasKey)
    {
        List<(string What, string Variable, string Key)> missing = [];
        Require(hasHost, "host", "HOPSWORKS_HOST", "host");
        Require(hasProject, "project", "HOPSWORKS_PROJECT", "project");
        Require(hasKey, "API key", "HOPSWORKS_API_KEY", "api_key");
        if (missing.Count == 0)
        {
            return;
        }

        var inProfile = found.RefusesKey ? "" : $", or {string.Join(" and ", missing.Select(m => m.Key))} in {HopsProfile.Label(found.Profile)}";
        var hint = found.Hint is { } text ? $" {text}" : "";
        throw missing.Count == 3
            ? new HopsKafkaException(
                $"{path}: there is no such file, and neither the environment nor {HopsProfile.File} names host, project and API key.",
                "Write it with hops-kafka init or hops-kafka sandbox, or name another one with -c; or set HOPSWORKS_HOST, HOPSWORKS_PROJECT and HOPSWORKS_API_KEY; "
                    + $"or write a profile to {HopsProfile.File} (hops setup).{hint}",
                ExitCode.Usage)
                { Fields = new LogFields(path) }
            : new HopsKafkaException(
                $"There is no {string.Join(" and no ", missing.Select(m => m.What))} to use in place of {path}.",
                $"Set {string.Join(" and ", missing.Select(m => m.Variable))}{inProfile}.{hint}",
                ExitCode.Usage);

        void Require(bool isThere, string what, string variable, string key)
        {
            if (!isThere)
            {
                missing.Add((what, variable, key));
            }
        }
    }
}
