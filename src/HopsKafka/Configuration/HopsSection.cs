namespace HopsKafka.Configuration;

/// <summary>Reads <c>[hops]</c>.</summary>
internal sealed class HopsSection(TableReader reader)
{
    private const int DefaultPort = 443;
    private const int HighestPort = 65535;
    private const string VerifyExample = "true";

    /// <summary>The table's settings.</summary>
    public HopsOptions Read() => new(Host(), reader.Positive("port", HighestPort, "443") ?? DefaultPort, Trust());

    private string Host()
    {
        var text = reader.Text("url", "'my.hopsworks.host'").Trim();
        if (text.Length == 0 || HostName.Normalize(text) is not { } host)
        {
            return text.Length == 0 ? text : Refuse(text);
        }

        return host;
    }

    // What was given is not repeated: a URL may carry a password.
    private string Refuse(string text)
    {
        var port = HostName.PortWithin(text) is { } given ? $" (and port = {given} on a line of its own)" : "";
        reader.Refuse(
            "url",
            $"must be the host only, without scheme, port and path{port}",
            $"'{HostName.Within(text) ?? "my.hopsworks.host"}'");
        return "";
    }

    private ServerTrust Trust() => reader.Find("verify") switch
    {
        null or ConfigScalar { Value: true } => ServerTrust.System,
        ConfigScalar { Value: false } => ServerTrust.Any,
        ConfigScalar { Value: string text } scalar when bool.TryParse(text, out var verify) => Word(scalar, verify),
        _ => ServerTrust.File(reader.OptionalFilePath("verify", VerifyExample)!),
    };

    // A variable can only be a text; in the file, 'false' in quotes would be a file name, which is never intended.
    private ServerTrust Word(ConfigScalar word, bool verify)
    {
        if (!word.IsVariable)
        {
            reader.Refuse("verify", "is a text here, not a truth value", verify ? "true" : "false");
        }

        return verify ? ServerTrust.System : ServerTrust.Any;
    }
}
