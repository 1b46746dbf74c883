using HopsKafka.Configuration;

namespace HopsKafka.Tool.Demo;

/// <summary>The environment of a demo's commands: without the user's settings, which are those of another server.</summary>
internal static class DemoEnvironment
{
    private const string HopsworksPrefix = "HOPSWORKS_";

    /// <summary>The variables that are no settings.</summary>
    public static Dictionary<string, string> Without(IEnumerable<KeyValuePair<string, string>> environment) =>
        environment.Where(variable => !IsSetting(variable.Key)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Whether the tools take a setting from a variable.</summary>
    public static bool IsSetting(string variable) =>
        variable.StartsWith(ConfigSchema.VariablePrefix, StringComparison.OrdinalIgnoreCase) || variable.StartsWith(HopsworksPrefix, StringComparison.OrdinalIgnoreCase);
}
