using System.Text.Json;
using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>Calls of the REST API below one project's <c>kafka</c>: sent, tried again, and their answers read. Thread-safe.</summary>
internal sealed class RestChannel : IDisposable
{
    private readonly string _base;
    private readonly RestSender _sender;

    /// <exception cref="ArgumentException">The address is neither HTTPS nor loopback.</exception>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable.</exception>
    public RestChannel(HopsworksClientOptions options)
    {
        var address = options.BaseAddress;
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new ArgumentException($"The registry at {address.Authority} must be addressed by https.", nameof(options));
        }

        _base = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        _sender = new RestSender(options);
    }

    /// <param name="what">What is being done, for messages.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Below the base, escaped.</param>
    /// <param name="body">JSON body; null for none.</param>
    public RestCall Call(string what, HttpMethod method, string path, string? body = null) =>
        new(what, method, new Uri($"{_base}/{path}"), body);

    public Task<T> JsonAsync<T>(RestCall call, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        ReadAsync(call, body => RestJson.Read(body, read), cancellationToken);

    public async Task<T> ReadAsync<T>(RestCall call, Func<string, T> read, CancellationToken cancellationToken)
    {
        var body = await _sender.SendAsync(call, cancellationToken);
        try
        {
            return read(body);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw RestErrors.Unreadable(call, System.Net.HttpStatusCode.OK, false, _sender.Shown(body), e);
        }
    }

    public void Dispose() => _sender.Dispose();
}
