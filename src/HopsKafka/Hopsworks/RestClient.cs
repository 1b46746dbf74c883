using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using HopsKafka.Common;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace HopsKafka.Hopsworks;

/// <summary>
/// HTTP for all clients of Hopsworks: sends a call with the API key and headers that every release takes, within a time limit; retries
/// transient failures with back-off; returns the body, or throws a <see cref="HopsworksException"/>. Thread-safe.
/// </summary>
internal sealed partial class RestClient : IDisposable
{
    // Lists are served as text/plain only, the rest as JSON only: both must be accepted.
    private const string Accept = "application/json, text/plain;q=0.9, */*;q=0.5";
    private const int MaxResponseSize = 16 * 1024 * 1024;

    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);

    private static readonly string s_userAgent =
        $"HopsKafka/{typeof(RestClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion}";

    private readonly HopsworksClientOptions _options;
    private readonly string _base;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<string> _retry;
    private Secret? _key;

    /// <exception cref="ArgumentException">The address is neither HTTPS nor loopback.</exception>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable.</exception>
    public RestClient(HopsworksClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = options.BaseAddress;
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new ArgumentException($"Hopsworks at {address.Authority} must be addressed by https.", nameof(options));
        }

        _options = options;
        _base = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        _retry = Retry(options);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !address.IsLoopback,
            MaxConnectionsPerServer = 20,
            ConnectTimeout = s_connectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            SslOptions = ServerCertificateCheck.For(options.Trust, options.Names),
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxResponseSize };
    }

    /// <summary>The proxy that requests to an address go through; null for none.</summary>
    public static Uri? ProxyOf(Uri address) =>
        address.IsLoopback || HttpClient.DefaultProxy.IsBypassed(address) ? null : HttpClient.DefaultProxy.GetProxy(address);

    /// <param name="what">What is being done, for messages.</param>
    /// <param name="body">JSON body; null for none.</param>
    public RestCall Call(string what, HttpMethod method, string path, string? body = null) =>
        new(what, method, new Uri($"{_base}/{path}"), body) { Names = Names };

    /// <summary>What remedies call the settings.</summary>
    public SettingNames Names => _options.Names;

    public Task<T> JsonAsync<T>(RestCall call, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        ReadAsync(call, body => RestJson.Read(body, read), cancellationToken);

    public async Task<T> ReadAsync<T>(RestCall call, Func<string, T> read, CancellationToken cancellationToken)
    {
        var body = await SendAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            return read(body);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // A server may echo the request with the key in it.
            var shown = call.IsSecret ? "JSON of another shape" : DisplayText.Of(body, _key);
            throw RestErrors.Unreadable(call, HttpStatusCode.OK, false, shown, e);
        }
    }

    public async Task<string> SendAsync(RestCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await _retry.ExecuteAsync(async token => await TryAsync(call, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (HopsworksException e) when (e.IsConnectionLost && call.Uri.Scheme == Uri.UriSchemeHttps && ProxyOf(call.Uri) is null)
        {
            // If a server requires a client certificate, as Kafka does, .NET sees only a closed connection.
            throw _options.ExplainLostConnection is { } explain && await explain(call.Uri, _options.Trust, cancellationToken).ConfigureAwait(false) is { } why
                ? call.Failure(why.Message, why.Remedy, isTransient: true, cause: e)
                : e;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>min(random · 2^i · wait, max), or longer if the server requests it, but at most max.</summary>
    internal static TimeSpan Delay(HopsworksClientOptions options, int retry, Exception? failure, double random)
    {
        var backOff = random * Math.Pow(2, retry) * options.RetryWait;
        var asked = (failure as HopsworksException)?.RetryAfter ?? TimeSpan.Zero;
        var wait = asked > backOff ? asked : backOff;
        return wait < options.RetryMaxWait ? wait : options.RetryMaxWait;
    }

    private static ResiliencePipeline<string> Retry(HopsworksClientOptions options) => options.MaxAttempts == 1
        ? ResiliencePipeline<string>.Empty
        : new ResiliencePipelineBuilder<string>().AddRetry(new RetryStrategyOptions<string>
        {
            MaxRetryAttempts = options.MaxAttempts - 1,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is HopsworksException { IsTransient: true }),
            DelayGenerator = attempt =>
                ValueTask.FromResult<TimeSpan?>(Delay(options, attempt.AttemptNumber, attempt.Outcome.Exception, Random.Shared.NextDouble())),
            OnRetry = attempt =>
            {
                if (attempt.AttemptNumber == 0)
                {
                    Retrying(options.Logger, attempt.Outcome.Exception!.Message);
                }

                return ValueTask.CompletedTask;
            },
        }).Build();

    // Retries once if the response is 401 and the key has changed since it was read.
    private async Task<string> TryAsync(RestCall call, CancellationToken cancellationToken)
    {
        var key = _key ??= ReadKey();
        try
        {
            return await ExchangeAsync(call, key, cancellationToken).ConfigureAwait(false);
        }
        catch (HopsworksException e) when (e.Status == HttpStatusCode.Unauthorized)
        {
            _key = ReadKey();
            if (_key.Equals(key))
            {
                throw;
            }
        }

        return await ExchangeAsync(call, _key, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> ExchangeAsync(RestCall call, Secret key, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.RequestTimeout);
        try
        {
            using var request = Request(call, key);
            using var response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            ResponseReceived(_options.Logger, call.Method, call.Where, (int)response.StatusCode);
            var body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false));
            return Check(call, response, body, key);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            var isConnecting = e.InnerException is TimeoutException && s_connectTimeout < _options.RequestTimeout;
            throw ConnectionErrors.Timeout(call, isConnecting ? s_connectTimeout : _options.RequestTimeout, e);
        }
        catch (HttpRequestException e) when (e is not HopsworksException)
        {
            throw ConnectionErrors.From(call, e);
        }
    }

    private static HttpRequestMessage Request(RestCall call, Secret key)
    {
        var request = new HttpRequestMessage(call.Method, call.Uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("ApiKey", key.Reveal());
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        request.Headers.TryAddWithoutValidation("User-Agent", s_userAgent);
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(call.Body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(call.ContentType);
        }

        return request;
    }

    private string Check(RestCall call, HttpResponseMessage response, string body, Secret key)
    {
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            throw RestErrors.Redirect(call, response.StatusCode, response.Headers.Location, key);
        }

        if (!response.IsSuccessStatusCode)
        {
            var answer = ErrorResponse.Read(response.StatusCode, mediaType, body, key);
            throw RestErrors.From(call, answer, _options.KeySource, RetryAfter(response));
        }

        return ErrorResponse.LooksLikeHtml(mediaType, body)
            ? throw RestErrors.Unreadable(call, response.StatusCode, true, body, null)
            : body;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > DateTimeOffset.UtcNow => date - DateTimeOffset.UtcNow,
        _ => null,
    };

    // A key with other characters would be refused by the HTTP stack with a message that shows it.
    private Secret ReadKey()
    {
        var key = _options.Key();
        var text = key.Reveal();
        return text.Length > 0 && text.All(c => c is > ' ' and <= '~')
            ? key
            : throw new HopsKafkaException(
                $"The API key of {_options.KeySource} is empty or holds characters that no API key has (spaces, line breaks, accents).",
                "Copy the key again from Hopsworks (account settings, API keys): one line, prefix.secret.",
                ExitCode.Usage);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Uri} answered {Status}")]
    private static partial void ResponseReceived(ILogger logger, HttpMethod method, string uri, int status);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Failure} Retrying.")]
    private static partial void Retrying(ILogger logger, string failure);
}
