using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Consumer.Live;

/// <summary>
/// Answers the requests of the live page. Other sites must not read it: there are no CORS headers, and only loopback host names are
/// accepted, because any name can be made to resolve to 127.0.0.1. Against other users of this machine, all paths begin with a secret token.
/// </summary>
/// <param name="token">The first part of each path.</param>
internal sealed class LivePage(LiveView view, MetricsPage metrics, string token)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly byte[] s_html = Resource("live.html");
    private static readonly byte[] s_script = Resource("live.js");
    private static readonly byte[] s_style = Resource("live.css");

    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        AddSecurityHeaders(context.Response.Headers);
        if (!HasLoopbackHost(context))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        if (!TryRemoveToken(context.Request.Path.Value!, out var path))
        {
            await NotFoundAsync(context);
            return;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        await (path switch
        {
            "" => SendAsync(context, "text/html; charset=utf-8", s_html),
            "live.js" => SendAsync(context, "text/javascript; charset=utf-8", s_script),
            "live.css" => SendAsync(context, "text/css; charset=utf-8", s_style),
            "state" => SendAsync(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(view.State(), LiveJson.Default.LiveState)),
            "picture.png" => SendAsync(context, "image/png", await view.PictureAsync(isNarrow: false, context.RequestAborted)),
            "narrow.png" => SendAsync(context, "image/png", await view.PictureAsync(isNarrow: true, context.RequestAborted)),
            "metrics" => SendAsync(context, MetricsPage.ContentType, await metrics.TextAsync(context.RequestAborted)),
            _ => NotFoundAsync(context),
        });
    }

    // Compared in constant time, so that response times do not reveal how much of a guess is right.
    private bool TryRemoveToken(string path, out string rest)
    {
        var parts = path.Split('/', 3);
        rest = parts[^1];
        return parts is ["", var guess, _] && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(guess), _token);
    }

    private static void AddSecurityHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";
    }

    private static bool HasLoopbackHost(HttpContext context)
    {
        var host = context.Request.Host;
        return host.Port == context.Connection.LocalPort
            && (host.Host == "127.0.0.1" || host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task SendAsync(HttpContext context, string type, byte[] body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(LivePage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in this build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
