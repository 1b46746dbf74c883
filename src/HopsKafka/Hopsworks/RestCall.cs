namespace HopsKafka.Hopsworks;

/// <summary>One call of the registry's API.</summary>
/// <param name="What">What is being done, for messages: "looking up the schema of subject sensor".</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Uri">Whole address.</param>
/// <param name="Body">JSON body; null for none.</param>
internal sealed record RestCall(string What, HttpMethod Method, Uri Uri, string? Body = null)
{
    /// <summary>What to do when the answer is 40401, where that need not mean that the subject is missing; null for the usual.</summary>
    public string? NoSubjectRemedy { get; init; }

    /// <summary>Scheme, host, port and path: neither user info nor query.</summary>
    public string Where => Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>The sentence that begins each message.</summary>
    public string Failed(string reason) => OneSentence($"{char.ToUpperInvariant(What[0])}{What[1..]} failed at {Where}: {reason}");

    private static string OneSentence(string text) => text.EndsWith('.') || text.EndsWith('…') ? text : text + ".";
}
