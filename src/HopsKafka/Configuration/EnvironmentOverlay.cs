using System.Globalization;
using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>
/// Lays the environment's <c>HOPSKAFKA_…</c> variables over the tree of the file: table and key joined by two underscores,
/// upper or lower case. They win over the file.
/// </summary>
/// <param name="problems">Takes what is wrong with variables.</param>
internal sealed class EnvironmentOverlay(ConfigTable root, ConfigErrors problems)
{
    /// <summary>Applies all variables that begin with the prefix; others are not looked at.</summary>
    public void Apply(IReadOnlyDictionary<string, string> environment)
    {
        var ours = environment
            .Where(v => v.Key.StartsWith(ConfigSchema.VariablePrefix, StringComparison.OrdinalIgnoreCase))
            .Select(v => (Name: v.Key, v.Value, Path: PathOf(v.Key)))
            .OrderBy(v => v.Path is [ConfigSchema.Sensor, var index, ..] ? IndexOf(index) ?? int.MaxValue : -1)
            .ThenBy(v => v.Name, StringComparer.Ordinal);
        foreach (var (name, value, path) in ours)
        {
            Apply(name, value, path);
        }
    }

    private static string[] PathOf(string variable) =>
        variable[ConfigSchema.VariablePrefix.Length..].ToLowerInvariant().Split("__");

    private static int? IndexOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private void Apply(string variable, string value, string[] path)
    {
        var setting = new ConfigScalar(SourceLocation.Environment(variable), value, SourceLocation.Environment(variable));
        switch (path)
        {
            case ["kafka", var table, .. { Length: > 0 } name]
                when ConfigSchema.PropertyTables.Contains(table) && name.All(n => n.Length > 0):
                Set(root.GetOrAddTable("kafka")?.GetOrAddTable(table), string.Join('.', name), setting);
                break;
            case [var table, var key] when table != ConfigSchema.Sensor && Knows(table, key):
                Set(root.GetOrAddTable(table), key, setting);
                break;
            case [ConfigSchema.Sensor, var index, var key] when Knows(ConfigSchema.Sensor, key) && IndexOf(index) is { } i:
                SetSensor(i, key, setting);
                break;
            default:
                ReportUnknown(variable, path);
                break;
        }
    }

    private static bool Knows(string table, string key) =>
        ConfigSchema.Keys.TryGetValue(table, out var keys) && keys.Contains(key);

    private void Set(ConfigTable? table, string key, ConfigScalar setting)
    {
        if (table?.Children.GetValueOrDefault(key) is { Key.Variable: { } first })
        {
            problems.Add(setting.Key, $"{first} sets the same; keep one of the two");
        }

        table?.Children[key] = setting;
    }

    private void SetSensor(int index, string key, ConfigScalar setting)
    {
        if (!root.Children.TryGetValue(ConfigSchema.Sensor, out var node))
        {
            node = root.Children[ConfigSchema.Sensor] = new ConfigTableArray(setting.Key);
        }

        if (node is not ConfigTableArray array)
        {
            return;
        }

        if (index > array.Tables.Count)
        {
            problems.Add(setting.Key, $"there are {array.Tables.Count} sensors, counted from 0; the next is "
                + ConfigSchema.Variable(ConfigSchema.Sensor, $"{array.Tables.Count}", key));
            return;
        }

        if (index == array.Tables.Count)
        {
            array.Tables.Add(new ConfigTable(setting.Key, Named: true));
        }

        Set(array.Tables[index], key, setting);
    }

    private void ReportUnknown(string variable, string[] path)
    {
        var index = path is [ConfigSchema.Sensor, var i, ..] && IndexOf(i) is not null ? i : "0";
        var known = ConfigSchema.Keys.SelectMany(t => t.Value.Select(key => t.Key == ConfigSchema.Sensor
            ? ConfigSchema.Variable(t.Key, index, key)
            : ConfigSchema.Variable(t.Key, key)));
        var near = Suggestions.Find(string.Join("__", path), known.Select(k => k[ConfigSchema.VariablePrefix.Length..]));
        problems.Add(SourceLocation.Environment(variable), near is null
            ? "no such setting; a name is HOPSKAFKA_, the table, two underscores and the key, as in HOPSKAFKA_KAFKA__TOPIC"
            : $"no such setting; did you mean {ConfigSchema.VariablePrefix}{near}?");
    }
}
