using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Hopsworks;

namespace HopsKafka.Diagnostics;

/// <summary>A token of OAUTHBEARER.</summary>
/// <param name="Value">The token; a secret.</param>
/// <param name="Origin">Its issuer and audience, for messages.</param>
internal sealed record AccessToken(Secret Value, string Origin)
{
    /// <summary>Reads the claims that librdkafka requires. The signature is the brokers' to check.</summary>
    /// <param name="subject">The name of the claim with the principal.</param>
    /// <returns>The token; null with the reason if librdkafka rejects it.</returns>
    public static (AccessToken? Token, string? Problem) Read(string token, string subject, DateTimeOffset now)
    {
        try
        {
            return token.Split('.') is [_, var claims, _]
                ? RestJson.Read(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(claims)), json => Read(token, json, subject, now))
                : (null, "it is not a JSON web token");
        }
        catch (FormatException)
        {
            return (null, "it is not a JSON web token");
        }
    }

    private static (AccessToken? Token, string? Problem) Read(string token, JsonElement json, string subject, DateTimeOffset now)
    {
        if (!json.TryGetProperty("exp", out var end) || !end.TryGetDouble(out var seconds))
        {
            return (null, "it has no claim exp");
        }

        if (!json.TryGetProperty(subject, out var principal) || principal.ValueKind != JsonValueKind.String || principal.GetString() is "")
        {
            return (null, $"it has no claim {DisplayText.Of(subject)}");
        }

        return seconds <= now.ToUnixTimeSeconds()
            ? (null, "it has expired; check the clock of this machine")
            : (new AccessToken(new Secret(token), $"issuer {Claim(json, "iss")}, audience {Claim(json, "aud")}"), null);
    }

    private static string Claim(JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? "none"
        : DisplayText.Of(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
}
