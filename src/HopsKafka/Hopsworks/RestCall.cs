using System.Net;
using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>One call of Hopsworks' REST API.</summary>
/// <param name="What">The operation, for messages: "looking up the schema of subject sensor".</param>
/// <param name="Body">The body, JSON as a rule; null for none.</param>
internal sealed record RestCall(string What, HttpMethod Method, Uri Uri, string? Body = null)
{
    /// <summary>The remedy for error 40401, if it may have another cause than a missing subject; null for the default.</summary>
    public string? NoSubjectRemedy { get; init; }

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The scope that the API key needs for it.</summary>
    public string Scope { get; init; } = "KAFKA";

    /// <summary>What remedies call the settings.</summary>
    public SettingNames Names { get; init; } = SettingNames.ConfigFile;

    /// <summary>Whether the answer holds secrets, which no message may show.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Scheme, host, port and path: neither user info nor query.</summary>
    public string Where => Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    public HopsworksException Failure(
        string reason, string? remedy, HttpStatusCode? status = null, int errorCode = 0, bool isTransient = false, Exception? cause = null) =>
        new(OneSentence($"{char.ToUpperInvariant(What[0])}{What[1..]} failed at {Where}: {reason}"), status, errorCode, remedy, isTransient, cause)
        {
            Method = Method,
            Url = Where,
        };

    private static string OneSentence(string text) => text.EndsWith('.') || text.EndsWith('…') ? text : text + ".";
}
