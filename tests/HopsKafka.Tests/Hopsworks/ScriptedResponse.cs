using System.Text;

namespace HopsKafka.Tests.Hopsworks;

/// <summary>One answer, byte for byte.</summary>
/// <param name="Bytes">What is sent.</param>
/// <param name="Closes">The connection is closed afterwards.</param>
public sealed record ScriptedResponse(byte[] Bytes, bool Closes = false)
{
    /// <summary>Nothing is sent before this is done.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    /// <summary>The server reads the request and never answers.</summary>
    public static ScriptedResponse Never { get; } = new([]) { Gate = new TaskCompletionSource().Task };

    /// <summary>The server reads the request and closes the connection.</summary>
    public static ScriptedResponse Lost { get; } = new([], Closes: true);

    public static ScriptedResponse Json(int status, string body) => Of(status, "application/json", body);

    public static ScriptedResponse Plain(int status, string body) => Of(status, "text/plain", body);

    public static ScriptedResponse Html(int status) =>
        Of(status, "text/html; charset=utf-8", "<!DOCTYPE html>\n<html><head><title>Sorry</title></head></html>");

    public static ScriptedResponse Of(int status, string? type, string body, params string[] headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var lines = new List<string> { $"HTTP/1.1 {status} Text", $"Content-Length: {bytes.Length}" };
        lines.AddRange(type is null ? [] : [$"Content-Type: {type}"]);
        lines.AddRange(headers);
        return new ScriptedResponse([.. Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), .. bytes]);
    }

    /// <summary>Promises more bytes than it sends.</summary>
    public static ScriptedResponse Cut { get; } = new(
        Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":"), Closes: true);
}
