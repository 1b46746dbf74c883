using System.Globalization;
using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>
/// Reads the keys of one table by type. A wrong value becomes a problem and reads as a harmless default, so that reading continues
/// and the first problem by position is reported.
/// </summary>
/// <param name="header">The table's header, for messages: <c>[hops]</c>.</param>
/// <param name="path">The table's path as variables of the environment spell it.</param>
/// <param name="table">The table; null for none.</param>
/// <param name="folder">Absolute path of the file's folder, where relative paths start: those of variables as well.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class TableReader(
    string header, IReadOnlyList<string> path, ConfigTable? table, string folder, ConfigErrors problems)
{
    /// <summary>The node under a key, or null.</summary>
    public ConfigNode? Find(string key) => table?.Children.GetValueOrDefault(key);

    /// <summary>A text that must be there.</summary>
    /// <param name="example">A value as one writes it in TOML, for messages.</param>
    public string Text(string key, string example) => OptionalText(key, example) ?? Missing(key, example);

    /// <summary>A text, or null when it is absent or wrong.</summary>
    /// <param name="example">A value as one writes it in TOML, for messages.</param>
    public string? OptionalText(string key, string example) => Find(key) switch
    {
        null => null,
        ConfigScalar { Value: string text } scalar => Checked(text, scalar, key, example),
        var node => Wrong(node, key, example),
    };

    /// <summary>A secret text, or null when it is absent or wrong.</summary>
    /// <param name="example">A value as one writes it in TOML, for messages.</param>
    public Secret? OptionalSecret(string key, string example) =>
        OptionalText(key, example) is { Length: > 0 } text ? new Secret(text) : null;

    /// <summary>An absolute path that must be there.</summary>
    /// <param name="example">A value as one writes it in TOML, for messages.</param>
    public string FilePath(string key, string example) => OptionalFilePath(key, example) ?? Missing(key, example);

    /// <summary>An absolute path, or null when it is absent or wrong. <c>~</c> is a name like any other.</summary>
    /// <param name="example">A value as one writes it in TOML, for messages.</param>
    public string? OptionalFilePath(string key, string example) =>
        OptionalText(key, example) is { Length: > 0 } text ? Path.GetFullPath(text, folder) : Find(key) is null ? null : "";

    /// <summary>A whole number, written as such or as a text of digits; null when it is absent or wrong.</summary>
    /// <param name="highest">The highest value; the lowest is 1.</param>
    /// <param name="example">A value as one writes it in TOML, for messages.</param>
    public int? Positive(string key, int highest, string example)
    {
        var node = Find(key);
        long? number = node switch
        {
            null => null,
            ConfigScalar { Value: long whole } => whole,
            ConfigScalar { Value: string digits } scalar => Digits(digits, scalar, key, example),
            _ => WrongNumber(node, key, example),
        };
        if (number is null || (number >= 1 && number <= highest))
        {
            return (int?)number;
        }

        var range = highest == int.MaxValue ? "above 0" : $"from 1 to {highest}";
        problems.Add(node!.Place, $"{Name(key)} must be a number {range}; {Write(node, key, example)}");
        return null;
    }

    /// <summary>A finite number; texts are numbers only when they come from the environment.</summary>
    /// <param name="otherwise">The value when the key is absent.</param>
    public double Number(string key, double otherwise)
    {
        var node = Find(key);
        double? number = node switch
        {
            null => otherwise,
            ConfigScalar { Value: long whole } => whole,
            ConfigScalar { Value: double real } => real,
            ConfigScalar { Value: string text, IsVariable: true } when double.TryParse(
                text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => real,
            _ => null,
        };
        if (number is { } value && double.IsFinite(value))
        {
            return value;
        }

        var example = otherwise.ToString(CultureInfo.InvariantCulture);
        if (number is not null || node is ConfigScalar { IsVariable: true })
        {
            Refuse(key, "must be a finite number", example);
        }
        else
        {
            Wrong(node!, key, example);
        }

        return otherwise;
    }

    /// <summary>Reports a value of the wrong type.</summary>
    /// <param name="example">A value as one writes it in TOML.</param>
    /// <returns>An empty text, so that reading continues.</returns>
    public string Wrong(ConfigNode node, string key, string example)
    {
        problems.Add(node.Place, $"{Name(key)} is {node.Kind}; {Write(node, key, example)}");
        return "";
    }

    /// <summary>Reports a value of the right type that is invalid.</summary>
    /// <param name="why">What is wrong, continuing the key's name: "must …".</param>
    /// <param name="example">A value as one writes it in TOML.</param>
    public void Refuse(string key, string why, string example)
    {
        var node = Find(key)!;
        problems.Add(node.Place, $"{Name(key)} {why}; {Write(node, key, example)}");
    }

    /// <summary>Reports a key, if present, that cannot be combined with others.</summary>
    /// <param name="why">What is wrong and what to do, continuing the key's name.</param>
    public void Contradict(string key, string why)
    {
        if (Find(key) is { } node)
        {
            problems.Add(node.Key, $"{Name(key)} {why}");
        }
    }

    /// <summary>Reports a missing key.</summary>
    /// <param name="example">A value as one writes it in TOML.</param>
    /// <param name="what">What is missing, when it is more than the key.</param>
    /// <returns>An empty text, so that reading continues.</returns>
    public string Missing(string key, string example, string? what = null)
    {
        var variable = ConfigSchema.Variable([.. path, key]);
        var write = table switch
        {
            _ when !problems.HasFile => $"set {variable}={example.Trim('\'')}",
            { Key.Variable: not null } => $"set {variable}={example.Trim('\'')}",
            { Named: true } => $"write {key} = {example}, or set {variable}",
            _ => $"write {header} and below it {key} = {example}, or set {variable}",
        };
        problems.AddMissing(
            table is { Named: true } ? table.Key : SourceLocation.Start, $"{what ?? $"{Name(key)} is missing"}; {write}");
        return "";
    }

    private string Name(string key) => $"{header} {key}";

    private string Write(ConfigNode node, string key, string example) =>
        (node.Key.Variable ?? (problems.HasFile ? null : ConfigSchema.Variable([.. path, key]))) is { } variable
            ? $"set {variable}={example.Trim('\'')}"
            : $"write {key} = {example}";

    private string Checked(string text, ConfigScalar node, string key, string example)
    {
        if (!string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl))
        {
            return text;
        }

        var what = string.IsNullOrWhiteSpace(text) ? "is empty" : "contains a line break or another control character";
        problems.Add(node.Place, $"{Name(key)} {what}; {Write(node, key, example)}");
        return "";
    }

    private long? Digits(string digits, ConfigScalar node, string key, string example)
    {
        if (Checked(digits, node, key, example).Length == 0)
        {
            return null;
        }

        if (!long.TryParse(digits.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            // What was given is not repeated: it may be a secret in the wrong place.
            problems.Add(node.Place, $"{Name(key)} is no number; {Write(node, key, example)}");
            return null;
        }

        return number;
    }

    private long? WrongNumber(ConfigNode node, string key, string example)
    {
        Wrong(node, key, example);
        return null;
    }
}
