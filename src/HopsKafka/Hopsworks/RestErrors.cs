using System.Net;
using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>Converts error responses of Hopsworks' REST API and of its registry to exceptions with a remedy.</summary>
internal static class RestErrors
{
    public static HopsworksException From(
        RestCall call, ErrorResponse answer, string keySource, TimeSpan? retryAfter = null)
    {
        var code = answer.ErrorCode == 0 ? "" : $" (error {answer.ErrorCode})";
        var reason = $"the server answered {(int)answer.Status}{What(answer)}{code}";
        var failure = call.Failure(reason, Remedy(call, answer, keySource), answer.Status, answer.ErrorCode, IsTransient(answer));
        failure.RetryAfter = retryAfter;
        return failure;
    }

    public static HopsworksException Redirect(RestCall call, HttpStatusCode status, Uri? location, Secret key)
    {
        // Combining the address with the server's may fail: https:/?x
        var target = location is not null && Uri.TryCreate(call.Uri, location, out var address) ? DisplayText.Of(WithoutQuery(address), key) : "nowhere";
        return call.Failure(
            $"the server answered {(int)status} and redirects to {target}, which the REST API never does", NotHopsworks(call), status);
    }

    public static HopsworksException Unreadable(
        RestCall call, HttpStatusCode status, bool isHtml, string body, Exception? e)
    {
        var excerpt = body.Length == 0 ? "nothing" : isHtml ? "a web page" : DisplayText.Of(body);
        return call.Failure($"the answer is not what the registry's API gives, but {excerpt}", NotHopsworks(call), status, cause: e);
    }

    private static string What(ErrorResponse answer) => answer switch
    {
        { IsHtml: true } => " with a web page, not with an answer of the REST API",
        { Text: { } text } => $", {text.TrimEnd('.')}",
        _ => $" {answer.Status}",
    };

    private static string WithoutQuery(Uri uri) =>
        uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    // 500/120004 is how Hopsworks fails to render an error of its plain-text calls: retrying gives the same.
    private static bool IsTransient(ErrorResponse answer) => answer.Status switch
    {
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.InternalServerError => answer.ErrorCode != 120004,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => true,
        _ => false,
    };

    private static string Remedy(RestCall call, ErrorResponse answer, string keySource) =>
        (answer.ErrorCode == 40401 ? call.NoSubjectRemedy : null)
        ?? ByCode(call, answer, keySource)
        ?? (answer.IsHtml && !IsTransient(answer) ? NotHopsworks(call) : ByStatus(call, answer, keySource));

    private static string NotHopsworks(RestCall call) =>
        $"Is this a Hopsworks server? Check {call.Names.RestApi}; a proxy or a login page may answer in its place.";

    private static string? ByCode(RestCall call, ErrorResponse answer, string keySource) => answer.ErrorCode switch
    {
        200003 => $"Check that {keySource} holds nothing but the API key, and that no proxy removes the Authorization header.",
        320002 or 320012 or 320013 => CheckKey(keySource),
        320003 => "Hopsworks refuses accounts without a role: ask its administrator to activate the account that owns the API key. " + Used(keySource),
        320004 => $"Add the scope {call.Scope} to the API key in Hopsworks (account settings, API keys), or create a key that has it. " + Used(keySource),
        150004 => $"Check {call.Names.Project}: the number of the project is in its address in Hopsworks.",
        160000 => $"Check {call.Names.Project}, or ask the project's owner to add the owner of the API key as a member. " + Used(keySource),
        150068 => "The role Data owner is needed: ask a data owner of the project to do this, or to give the owner of the API key that role. " + Used(keySource),
        >= KafkaRemedies.First and <= KafkaRemedies.Last => KafkaRemedies.Of(answer.ErrorCode, call.Names),
        40401 => $"Register it with hops-kafka setup, or under exactly this name in Hopsworks (Kafka, schemas, New Avro Schema), or correct the name{call.Names.Subject}.",
        40402 => "Look in Hopsworks (Kafka, schemas) which versions the subject has.",
        40403 => $"A look-up needs the registered text to the letter; an id is known only inside the project that owns it: "
            + $"set {call.Names.RegistryProject} when another project shares the topic.",
        40901 => "Give new fields a default and keep the types of the others, or relax the compatibility level of the subject.",
        42201 => "Check the schema: Hopsworks accepts valid Avro of at most 10000 characters.",
        42202 => "A version is a number from 1, or latest.",
        42203 => "The levels are BACKWARD, FORWARD, FULL, each also with _TRANSITIVE, and NONE.",
        HopsworksErrorCode.FeatureStoreNotFound => $"Check {call.Names.FeatureStore}: a feature store has the project's name in lower case and _featurestore; that of another project must be shared with yours.",
        HopsworksErrorCode.FeatureGroupNotFound => "Check its name, which is in lower case, and its version: hops-kafka feature-groups lists the feature groups, as Hopsworks does (Feature groups).",
        HopsworksErrorCode.JobNotFound => "Open the feature group in Hopsworks: its job may have been deleted. Rows that are in the topic stay there until a job copies them.",
        50001 or 50002 or 50003 => "The registry's own storage failed. Try again later, or ask the administrator of Hopsworks.",
        120000 => "Hopsworks failed on this request. Try again later; its administrator finds the reason in the server's log.",
        120004 when answer.Status == HttpStatusCode.InternalServerError =>
            "Hopsworks hides the reason on this call: check that the subject exists and that the API key is valid. " + Used(keySource),
        _ => null,
    };

    private static string ByStatus(RestCall call, ErrorResponse answer, string keySource) => (int)answer.Status switch
    {
        400 => "Hopsworks could not read the request: check whether a proxy changes it.",
        401 => CheckKey(keySource),
        403 => $"Check the scopes of the API key ({call.Scope} is needed) and that its owner is a member of the project. " + Used(keySource),
        404 => $"There is no such address on this server: check {call.Names.RestApiAndProject}. Is this a Hopsworks server?",
        405 => "This version of Hopsworks does not offer this call.",
        406 => "This server offers none of the accepted content types: check whether a proxy changes the Accept header.",
        407 => "A proxy requires authentication: set HTTPS_PROXY or NO_PROXY for this server.",
        408 or 504 => "The server or a proxy timed out. Try again later.",
        415 => "Hopsworks accepts application/json, which was sent: check whether a proxy changes the Content-Type header.",
        429 => "The server limits the rate of requests. Try again later.",
        502 or 503 => "A proxy stands in for a server that is down or starting. Try again later.",
        >= 500 => "The server failed on this request. Try again later; its administrator finds the reason in the server's log.",
        _ => NotHopsworks(call),
    };

    private static string Used(string keySource) => $"The key used is that of {keySource}.";

    private static string CheckKey(string keySource) =>
        $"Check {keySource}: it must hold the whole key (prefix.secret) of an API key that Hopsworks still lists (account settings, API keys).";
}
