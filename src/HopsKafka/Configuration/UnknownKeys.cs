using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>Finds unknown tables and keys of the file, and tables that are not written as tables.</summary>
/// <param name="problems">Takes what was found.</param>
internal sealed class UnknownKeys(ConfigErrors problems)
{
    private const int MinStart = 4; // letters of a key that stand for it if the rest is missing

    /// <summary>Checks the whole tree; the names below property tables are left to <see cref="PropertySection"/>.</summary>
    public void Check(ConfigTable root)
    {
        foreach (var (name, node) in root.Children)
        {
            if (!ConfigSchema.Keys.ContainsKey(name))
            {
                ReportAtTop(name, node);
            }
            else if (node is ConfigTableArray array && name == ConfigSchema.Sensor)
            {
                array.Tables.ForEach(t => CheckTable(name, t));
            }
            else if (node is ConfigTable table && name != ConfigSchema.Sensor)
            {
                CheckTable(name, table);
            }
            else
            {
                var header = ConfigSchema.Header(name);
                problems.Add(node.Key, $"{name} is {node.Kind} here; write {header}, and its keys on the lines below it");
            }
        }
    }

    private void CheckTable(string name, ConfigTable table)
    {
        var keys = ConfigSchema.Keys[name];
        IReadOnlyList<string> tables = name == "kafka" ? ConfigSchema.PropertyTables : [];
        foreach (var (key, node) in table.Children)
        {
            if (tables.Contains(key) && node is not ConfigTable)
            {
                problems.Add(
                    node.Key, $"{key} is {node.Kind} here; write [{name}.{key}], and the properties on the lines below it");
            }
            else if (!keys.Contains(key) && !tables.Contains(key))
            {
                ReportInTable(name, key, node, [.. keys, .. tables]);
            }
        }
    }

    private void ReportAtTop(string name, ConfigNode node)
    {
        if (node is ConfigTable or ConfigTableArray)
        {
            var near = Suggestions.Find(name, ConfigSchema.Keys.Keys);
            var tables = string.Join(", ", ConfigSchema.Keys.Keys.Select(ConfigSchema.Header));
            problems.Add(node.Key, near is null
                ? $"there is no table {QuotedText.Key(name)}; the tables are {tables}"
                : $"there is no table {QuotedText.Key(name)}; did you mean {ConfigSchema.Header(near)}?");
            return;
        }

        var home = HomeOf(name);
        problems.Add(node.Key, home is null
            ? $"the key {QuotedText.Key(name)} is unknown, and no key stands outside a table"
            : $"the key {QuotedText.Key(name)} belongs under {home}; write it below that header");
    }

    private void ReportInTable(string table, string key, ConfigNode node, IReadOnlyList<string> known)
    {
        var unknown = $"{ConfigSchema.Header(table)} has no key {QuotedText.Key(key)}";
        var near = Suggestions.Find(key, known) ?? (key.Length >= MinStart ? known.FirstOrDefault(name => name.StartsWith(key, StringComparison.OrdinalIgnoreCase)) : null);
        var advice = near is not null ? $"did you mean {near}?"
            : HomeOf(key) is { } home ? $"it belongs under {home}"
            : table == "kafka" && PropertyNames.Find(key) is not null
                ? "librdkafka's properties belong under [kafka.properties], [kafka.producer] or [kafka.consumer]"
            : $"its keys are {string.Join(", ", known)}";
        problems.Add(node.Key, $"{unknown}; {advice}");
    }

    private static string? HomeOf(string key)
    {
        var homes = ConfigSchema.Keys.Where(t => t.Value.Contains(key)).Select(t => ConfigSchema.Header(t.Key)).ToList();
        return homes.Count > 0 ? string.Join(" or ", homes) : null;
    }
}
