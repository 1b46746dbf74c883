using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace HopsKafka.Sandbox.Rest;

/// <summary>Errors in Hopsworks' own shape: errorCode, errorMsg, usrMsg. The log level is PROD: no devMsg, no trace.</summary>
internal static class ErrorResponses
{
    public static RestException NoHeader => Challenge(401, 200003, "Authorization header not set.");

    public static RestException NotApiKey => Challenge(401, 200003, "Invalidated Api key.");

    public static RestException NoUserRole => Challenge(403, 320003, "No valid role found for this invocation");

    public static RestException NoScope => Challenge(403, 320004, "No valid scope found for this invocation");

    public static RestException NoProject => Hopsworks(404, 150004, "Project wasn't found.");

    public static RestException NoMember => Hopsworks(403, 160000, "No valid role found for this user");

    public static RestException RoleTooLow =>
        Hopsworks(403, 150068, "Your project role does not allow to perform this action.");

    public static RestException NoCredentials => Hopsworks(400, 110021, "Error while downloading the certificates.");

    /// <summary>Prefix and secret are wrong in shape or do not match.</summary>
    public static RestException BadKey(ServerQuirks quirks) => quirks.OneErrorForBadKeys
        ? Challenge(401, 320002, "Api key not found")
        : Challenge(401, 320012, "Invalid or incorrect API key.");

    public static RestException UnknownKey(ServerQuirks quirks) => quirks.OneErrorForBadKeys
        ? Challenge(401, 320002, "Api key not found")
        : Challenge(401, 320013, "API key not found in the database");

    /// <summary>Errors of the routing layer: 404, 405, 415, 406.</summary>
    public static RestException Routing(int status) => Hopsworks(
        status, 120004, "Web application exception occurred", $"HTTP {status} {ReasonPhrases.GetReasonPhrase(status)}");

    /// <summary>A failure that no handler expected.</summary>
    public static RestException Unhandled(Exception? cause = null) =>
        Hopsworks(StatusCodes.Status500InternalServerError, 120000, "A generic error occurred.", cause: cause);

    /// <summary>The JSON library rejected the body; its message is returned unchanged.</summary>
    public static RestException BadJson(string message) =>
        new(new Response(StatusCodes.Status400BadRequest, MediaTypes.Text, message));

    public static RestException Hopsworks(
        int status, int errorCode, string errorMsg, string? usrMsg = null, Exception? cause = null) =>
        new(Response.Json(new JsonObject { ["errorCode"] = errorCode, ["errorMsg"] = errorMsg, ["usrMsg"] = usrMsg }, status), cause);

    /// <summary>What an error in this shape says, without a full stop.</summary>
    public static string TextOf(RestException error)
    {
        var body = JsonNode.Parse(error.Response.Body!)!;
        var detail = body["usrMsg"] is { } text ? $" ({text})" : "";
        return $"{body["errorMsg"] ?? body["message"]}".TrimEnd('.') + detail;
    }

    private static RestException Challenge(int status, int errorCode, string errorMsg) =>
        new(Hopsworks(status, errorCode, errorMsg).Response.With("WWW-Authenticate", "Bearer realm=\"Cauth Realm\""));
}

/// <summary>Ends a call with an error response.</summary>
internal sealed class RestException(Response response, Exception? cause = null)
    : Exception($"HTTP {response.Status}: {response.Body}", cause)
{
    public Response Response { get; } = response;
}
