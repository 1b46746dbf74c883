using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>Reads <c>[api]</c>.</summary>
internal sealed class ApiSection(TableReader reader)
{
    private const string DefaultBase = "/hopsworks-api/api";
    private const string FileExample = "'cert/apiKeyFile'";

    /// <summary>The table's settings.</summary>
    public ApiOptions Read()
    {
        if (reader.Find("key") is null && reader.Find("key_file") is null)
        {
            reader.Missing("key_file", FileExample, "[api] has neither key nor key_file");
        }

        var (variable, file) = (reader.Find("key")?.Key.Variable, reader.Find("key_file")?.Key.Variable);
        var key = Key();
        return new ApiOptions(Base(), variable is null && file is not null ? null : key, reader.OptionalFilePath("key_file", FileExample))
        {
            KeyVariable = variable,
            IsOverride = variable is not null && file is null,
        };
    }

    private string Base()
    {
        var text = (reader.OptionalText("base", $"'{DefaultBase}'") ?? DefaultBase).Trim();
        if (text.Contains(':', StringComparison.Ordinal) || text.IndexOfAny(['?', '#', ' ', '\\']) >= 0)
        {
            reader.Refuse("base", "must be the path of the REST API only", $"'{DefaultBase}'");
        }

        return text.Length == 0 ? text : $"/{text.Trim('/')}".TrimEnd('/');
    }

    private Secret? Key()
    {
        var key = reader.OptionalText("key", "'your-api-key'")?.Trim();
        if (key is { Length: > 0 } && !ApiOptions.IsKey(key))
        {
            reader.Refuse("key", "has white space or letters in it that no API key has", "'your-api-key'");
        }

        return key is { Length: > 0 } ? new Secret(key) : null;
    }
}
