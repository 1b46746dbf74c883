using HopsKafka.Common;
using Polly;

namespace HopsKafka.Hopsworks;

/// <summary>Sends calls until one is answered or there is no use in trying again; then says why. Thread-safe.</summary>
internal sealed class RestSender : IDisposable
{
    private readonly HopsworksClientOptions _options;
    private readonly HopsworksHttp _http;
    private readonly ResiliencePipeline<string> _retry;

    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable.</exception>
    public RestSender(HopsworksClientOptions options)
    {
        _options = options;
        _http = new HopsworksHttp(options);
        _retry = RetryPolicy.Pipeline(options);
    }

    /// <summary>The proxy that requests to an address go through; null for none.</summary>
    public static Uri? ProxyOf(Uri address) =>
        address.IsLoopback || HttpClient.DefaultProxy.IsBypassed(address) ? null : HttpClient.DefaultProxy.GetProxy(address);

    /// <returns>The body of the answer.</returns>
    public async Task<string> SendAsync(RestCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await _retry.ExecuteAsync(async token => await _http.SendAsync(call, token), cancellationToken);
        }
        catch (SchemaRegistryException e) when (e.IsConnectionLost && call.Uri.Scheme == Uri.UriSchemeHttps && ProxyOf(call.Uri) is null)
        {
            throw await ExplainAsync(call, e, cancellationToken) ?? e;
        }
    }

    /// <summary>What an answer says, fit for a message.</summary>
    public string Shown(string body) => _http.Shown(body);

    public void Dispose() => _http.Dispose();

    // A server that wants a client certificate, as Kafka does, shows .NET nothing but a closed connection.
    private async Task<SchemaRegistryException?> ExplainAsync(RestCall call, SchemaRegistryException lost, CancellationToken stop) =>
        _options.ExplainLostConnection is { } explain && await explain(call.Uri, _options.Trust, stop) is { } why
            ? new SchemaRegistryException(call.Failed(why.Message), null, 0, why.Remedy, isTransient: true, lost)
            : null;
}
