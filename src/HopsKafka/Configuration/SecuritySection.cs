using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>Reads the keys of <c>[kafka]</c> that are librdkafka's <c>security.protocol</c> and <c>sasl.*</c>.</summary>
/// <param name="raw">The properties of <c>[kafka.properties]</c>, which may set the same; those that a variable overrides are removed.</param>
internal sealed class SecuritySection(TableReader reader, Dictionary<string, PropertySetting> raw)
{
    private const string Protocol = "security_protocol";
    private const string Mechanism = "sasl_mechanism";
    private const string MechanismExample = "'SCRAM-SHA-512'";
    private const string Username = "sasl_username";
    private const string Password = "sasl_password";

    public SecurityOptions Read()
    {
        var protocol = Text(Protocol, "'sasl_ssl'")?.ToLowerInvariant() ?? SecurityOptions.MutualTls.Protocol;
        RefuseOther(Protocol, protocol, SecurityOptions.Protocols, "'sasl_ssl'", "");
        if (protocol != SecurityOptions.SaslSsl)
        {
            foreach (var key in new[] { Mechanism, Username, Password })
            {
                reader.Contradict(key, $"has no effect without {Protocol} = 'sasl_ssl'; add that, or leave this out");
            }

            return new SecurityOptions(protocol);
        }

        var mechanism = Text(Mechanism, MechanismExample)?.ToUpperInvariant() ?? reader.Missing(Mechanism, MechanismExample);
        RefuseOther(Mechanism, mechanism, SecurityOptions.Mechanisms, MechanismExample, mechanism == "GSSAPI" ? ": this librdkafka has no Kerberos (GSSAPI)" : "");
        var (username, password) = (Text(Username, "'user name'"), Text(Password, "'password'"));
        if (mechanism != SecurityOptions.OAuthBearer)
        {
            username ??= reader.Missing(Username, "'user name'");
            password ??= reader.Missing(Password, "'password'");
        }
        else
        {
            foreach (var key in new[] { Username, Password })
            {
                reader.Contradict(key, $"has no effect with {Mechanism} = 'OAUTHBEARER', which logs in with a token; leave it out");
            }
        }

        return new SecurityOptions(protocol, mechanism, SecretOf(username), SecretOf(password));
    }

    private static Secret? SecretOf(string? text) => text is { Length: > 0 } ? new Secret(text) : null;

    private void RefuseOther(string key, string value, IReadOnlyList<string> allowed, string example, string why)
    {
        if (value.Length > 0 && reader.Find(key) is not null && !allowed.Contains(value))
        {
            reader.Refuse(key, $"must be {string.Join(", ", allowed.SkipLast(1))} or {allowed[^1]}{why}", example);
        }
    }

    private string? Text(string key, string example)
    {
        var name = key.Replace('_', '.');
        var property = raw.GetValueOrDefault(name);
        if (reader.Find(key) is not { } node)
        {
            return property?.Value;
        }

        if (property is not null && property.IsVariable == node.Key.Variable is not null)
        {
            reader.Contradict(key, $"and {property.Spelt} in [kafka.properties] set the same; keep one of the two");
        }
        else if (property is { IsVariable: true })
        {
            return property.Value;
        }

        raw.Remove(name);
        return reader.OptionalText(key, example);
    }
}
