using System.Text.RegularExpressions;
using HopsKafka.Configuration;

namespace HopsKafka.Cli;

/// <summary>
/// What messages call settings where there is no config.toml. They are composed with its keys, at many places: here, as they are written, <c>[kafka] topic</c> becomes the
/// variable that sets it, and host, project and API key what they come from.
/// </summary>
/// <param name="server">Where host and port come from.</param>
/// <param name="project">Where name or id of the project comes from.</param>
/// <param name="apiKey">Where the API key comes from.</param>
internal sealed partial class SettingWords(string server, string project, string apiKey)
{
    /// <summary>Rewords a text.</summary>
    public string In(string text)
    {
        var words = text
            .Replace("[hops] url and [kafka] port, or bootstrap_servers", Variable("kafka", "bootstrap_servers"), StringComparison.Ordinal)
            .Replace("[kafka] bootstrap_servers (or port)", Variable("kafka", "bootstrap_servers"), StringComparison.Ordinal)
            .Replace("[hops] url and port", server, StringComparison.Ordinal);
        words = KeyBeforeTable().Replace(words, match => $"{Variable(match.Groups["table"].Value, match.Groups["key"].Value)}{Value(match)}");
        words = TableBeforeKey().Replace(words, Name);
        words = PropertyTable().Replace(words, match => $"{Variable(match.Groups["table"].Value, "")}…");
        return Twice().Replace(words, "${variable}");
    }

    private string Name(Match match)
    {
        var (table, key, second) = (match.Groups["table"].Value, match.Groups["key"].Value, match.Groups["second"].Value);
        if (!IsKey(table, key))
        {
            return match.Value;
        }

        var also = second.Length == 0 ? "" : IsKey(table, second) ? $" and {Name(table, second)}" : $" and {second}";
        return $"{Name(table, key)}{Value(match)}{also}";
    }

    private string Name(string table, string key) => (table, key) switch
    {
        ("hops", "url" or "port") => server,
        ("project", "name" or "id") => project,
        ("api", "key") => apiKey,
        _ => Variable(table, key),
    };

    // Of properties, those of more than one word: others are words of the sentence.
    private static bool IsKey(string table, string key) => ConfigSchema.Keys.TryGetValue(table, out var keys) ? keys.Contains(key) : key.Contains('_', StringComparison.Ordinal);

    private static string Variable(string table, string key) => ConfigSchema.Variable([.. table.Split('.'), key]);

    private static string Value(Match match) => match.Groups["value"] is { Success: true } value ? $"={value.Value.Trim('\'')}" : "";

    // enable_idempotence = false in [kafka.producer]
    [GeneratedRegex(@"(?<key>[a-z]+(?:_[a-z]+)+)(?: = (?<value>'[^']*'|[a-z]+))? (?:in|below) \[(?<table>kafka\.(?:properties|producer|consumer))\]")]
    private static partial Regex KeyBeforeTable();

    // [kafka] schema = 'sensor', [project] certificate_file and key_file, [kafka] topic in config.toml
    [GeneratedRegex(
        @"\[(?<table>hops|api|project|kafka(?:\.(?:properties|producer|consumer))?)\] (?<key>[a-z_]+)(?: = (?<value>'[^']*'|[a-z]+))?"
        + @"(?: and (?<second>[a-z_]+)| in config\.toml)?")]
    private static partial Regex TableBeforeKey();

    [GeneratedRegex(@"\[(?:(?<table>kafka\.(?:properties|producer|consumer))\]|(?<table>project)\](?! [a-z]))")]
    private static partial Regex PropertyTable();

    // HOPSKAFKA_KAFKA__TOPIC: [kafka] topic is no topic's name
    [GeneratedRegex(@"\A(?<variable>HOPSKAFKA_\w+): \k<variable>(?= )")]
    private static partial Regex Twice();
}
