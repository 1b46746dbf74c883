using System.Text.Json;
using HopsKafka.Certificates;
using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>Reads the responses about a project.</summary>
internal static class ProjectResponse
{
    /// <summary>The projects of a user.</summary>
    public static IReadOnlyList<FoundProject> Projects(JsonElement json) =>
        [.. json.EnumerateArray().Select(item => Project(item.GetProperty("project")))];

    /// <summary>PEM texts where the server sends them (from 3.0 on), else made from the stores.</summary>
    public static IssuedCertificates Certificates(JsonElement json)
    {
        var keyStore = json.GetProperty("kStore").GetBytesFromBase64();
        var trustStore = json.GetProperty("tStore").GetBytesFromBase64();
        var password = new Secret(RestJson.Text(json, "password"));
        return Pem(json, "caChain") is { } authorities && Pem(json, "clientCert") is { } chain && Pem(json, "clientKey") is { } key
            ? new IssuedCertificates(keyStore, trustStore, password, authorities, chain, new Secret(key))
            : IssuedCertificates.FromStores(keyStore, trustStore, password);
    }

    /// <summary><c>INTERNAL://host:port</c> up to 3.3, bare <c>host:port</c> later, which leaves the listener null.</summary>
    /// <exception cref="HopsKafkaException">There is none.</exception>
    public static (IReadOnlyList<string> Servers, string? Listener) Brokers(IEnumerable<string> brokers, SettingNames names)
    {
        var parts = brokers.Select(b => b.Trim().Split("://", 2)).ToList();
        return parts.Count > 0
            ? ([.. parts.Select(p => p[^1])], parts[0].Length == 2 ? parts[0][0] : null)
            : throw new HopsKafkaException(
                "The server returned no Kafka broker for this project.", $"Ask the administrator of Hopsworks for the brokers' addresses: {names.Brokers}.");
    }

    private static FoundProject Project(JsonElement json) => new(json.GetProperty("id").GetInt32(), RestJson.Text(json, "name"));

    private static string? Pem(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.GetString()?.Trim() is { Length: > 0 } text ? text + "\n" : null;
}
