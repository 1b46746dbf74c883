using System.Text;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest;

/// <summary>The pipeline between Kestrel and the calls: injects faults, writes the response and the log.</summary>
internal sealed class RequestPipeline(RequestHandler handler, RequestFaults faults, Action<HandledRequest>? onRequest)
{
    public async Task RunAsync(HttpContext context)
    {
        var fault = faults.Take();
        try
        {
            await Task.Delay(fault.Delay, context.RequestAborted);
            var (response, failure) = fault.Response is null ? await handler.HandleAsync(context.Request) : (fault.Response, null);
            await WriteAsync(context, response, fault.Cut);
            LogRequest(context, response.Status, failure);
        }
        catch (OperationCanceledException)
        {
            LogRequest(context, 0, "the client disconnected or the server stopped");
            context.Abort();
        }
    }

    private static async Task WriteAsync(HttpContext context, Response answer, bool cut)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.Body is null)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(answer.Body);
        response.ContentType = answer.ContentType;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(cut ? bytes.AsMemory(0, bytes.Length / 2) : bytes, context.RequestAborted);
        if (cut)
        {
            await response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }
    }

    private void LogRequest(HttpContext context, int status, string? failure) => onRequest?.Invoke(new HandledRequest(
        context.Request.Method, context.Request.Path + context.Request.QueryString.Value, status, failure));
}

/// <summary>One request that the server answered, for a log. It never carries the API key.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Status">Status of the answer; 0 when a fault closed the connection without one.</param>
/// <param name="Failure">What went wrong inside the server, for answers of 500; else null.</param>
internal sealed record HandledRequest(string Method, string Path, int Status, string? Failure);
