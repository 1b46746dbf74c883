using System.Globalization;
using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>Reads one of the tables of librdkafka properties.</summary>
/// <param name="table">Its name: properties, producer or consumer.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class PropertySection(string table, ConfigErrors problems)
{
    private readonly Dictionary<string, PropertySetting> _settings = [];

    /// <summary>The known properties of the right table, by name, with validated values.</summary>
    /// <param name="node">The table; null when there is none.</param>
    public Dictionary<string, PropertySetting> Read(ConfigTable? node)
    {
        Collect(node, "");
        return _settings.Values
            .Select(s => (Setting: s, Value: Value(s)))
            .Where(s => s.Value is not null)
            .ToDictionary(s => s.Setting.Name, s => s.Setting with { Value = s.Value! });
    }

    // Dotted keys make nested tables: their names are put together again.
    private void Collect(ConfigTable? node, string prefix)
    {
        foreach (var (key, child) in node?.Children ?? [])
        {
            if (child is ConfigTable { Children.Count: > 0 } nested)
            {
                Collect(nested, $"{prefix}{key}.");
            }
            else
            {
                Add($"{prefix}{key}", child);
            }
        }
    }

    private void Add(string spelt, ConfigNode node)
    {
        if (PropertyNames.Find(spelt) is not { } known)
        {
            problems.Add(node.Key, Unknown(spelt, node));
        }
        else if (Misplaced(known.Name, known.Scope) is { } home)
        {
            var only = known.Name == "group.id" ? "the consumer group" : $"only for the {home}";
            problems.Add(node.Key, $"{spelt} is {only}; {Move(known.Name, home, node)}");
        }
        else if (_settings.TryGetValue(known.Name, out var other) && other.IsVariable == node.Key.Variable is not null)
        {
            problems.Add(node.Key, $"{spelt} sets the same property as {other.Spelt}; keep one of the two");
        }
        else if (other is null || !other.IsVariable)
        {
            _settings[known.Name] = new PropertySetting(known.Name, spelt, known.Scope, node);
        }
    }

    private string? Misplaced(string name, PropertyScope scope) => (table, scope) switch
    {
        ("producer", PropertyScope.Consumer) => "consumer",
        ("consumer", PropertyScope.Producer) => "producer",
        ("properties", _) when name == "group.id" => "consumer",
        _ => null,
    };

    private static string Move(string name, string home, ConfigNode node) => node.Key.Variable is null
        ? $"write it under [kafka.{home}]"
        : $"set {ConfigSchema.Variable("kafka", home, name)}";

    private string Unknown(string spelt, ConfigNode node)
    {
        if (ForbiddenProperties.WhyNever(spelt.Replace('_', '.')) is { } why)
        {
            return $"{QuotedText.Key(spelt)} {why}";
        }

        var near = Suggestions.Find(spelt, PropertyNames.All);
        var shown = near is null || node.Key.Variable is null ? near : ConfigSchema.Variable("kafka", table, near);
        var unknown = $"librdkafka has no property {QuotedText.Key(spelt)}";
        return shown is null ? $"{unknown}; its CONFIGURATION.md lists them all" : $"{unknown}; did you mean {shown}?";
    }

    private string? Value(PropertySetting setting)
    {
        if (ForbiddenProperties.WhyNever(setting.Name) is { } never)
        {
            problems.Add(setting.Node.Key, $"{setting.Spelt} {never}");
            return null;
        }

        var text = TextOf(setting.Node);
        if (string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal))
        {
            var what = text is null ? setting.Node.Kind
                : string.IsNullOrWhiteSpace(text) ? "empty"
                : "cut short by a zero character";
            problems.Add(
                setting.Node.Place, $"{setting.Spelt} is {what}; write a text, a number, true or false, or leave it out");
            return null;
        }

        return Judged(setting, text);
    }

    private string? Judged(PropertySetting setting, string text)
    {
        var (understood, complaint) = PropertyValidator.Try(setting.Name, text);
        if (understood is null)
        {
            problems.Add(setting.Node.Place, PropertyNames.IsSecret(setting.Name)
                ? $"{setting.Spelt} has a value that librdkafka does not accept; its CONFIGURATION.md lists the values"
                : $"{setting.Spelt} = {QuotedText.Value(text)} is not accepted by librdkafka "
                + $"({UrlUserInfo.Mask($"{complaint}")}); its CONFIGURATION.md lists the values");
            return null;
        }

        if (ForbiddenProperties.WhyNot(setting.Name, understood) is { } why)
        {
            problems.Add(setting.Node.Place, $"{setting.Spelt} = {QuotedText.Value(text)} {why}");
        }

        // Booleans have one spelling, so that callers need not know librdkafka's others (1, t, …).
        return understood is "true" or "false" ? understood : text;
    }

    private static string? TextOf(ConfigNode node) => (node as ConfigScalar)?.Value switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => number.ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => null,
    };
}

/// <summary>One librdkafka property of the file or the environment.</summary>
/// <param name="Name">The name, also for its aliases.</param>
/// <param name="Spelt">The name as written.</param>
/// <param name="Scope">Which clients have it.</param>
internal sealed record PropertySetting(string Name, string Spelt, PropertyScope Scope, ConfigNode Node)
{
    /// <summary>The value as librdkafka takes it; empty until it was checked.</summary>
    public string Value { get; init; } = "";

    /// <summary>True when it comes from the environment.</summary>
    public bool IsVariable => Node.Key.Variable is not null;
}
