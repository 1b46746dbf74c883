using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Hopsworks;

/// <summary>
/// One attempt of a call: headers by the policy that every Hopsworks takes, time limit, and each failure as a
/// <see cref="SchemaRegistryException"/>.
/// </summary>
internal sealed class HopsworksHttp : IDisposable
{
    // Lists are served as text/plain only, the rest as JSON only: both must be accepted.
    private const string Accept = "application/json, text/plain;q=0.9, */*;q=0.5";
    private const int LargestAnswer = 16 * 1024 * 1024;

    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);

    private static readonly string s_userAgent =
        $"HopsKafka/{typeof(HopsworksHttp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion}";

    private readonly HopsworksClientOptions _options;
    private readonly HttpClient _client;
    private Secret? _key;

    public HopsworksHttp(HopsworksClientOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !options.BaseAddress.IsLoopback,
            MaxConnectionsPerServer = 20,
            ConnectTimeout = s_connectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            SslOptions = ServerCertificateCheck.For(options.Trust),
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
    }

    /// <summary>Sends the call once; a second time only when a 401 came and the key has changed since it was read.</summary>
    public async Task<string> SendAsync(RestCall call, CancellationToken cancellationToken)
    {
        var key = _key ??= ReadKey();
        try
        {
            return await ExchangeAsync(call, key, cancellationToken);
        }
        catch (SchemaRegistryException e) when (e.Status == HttpStatusCode.Unauthorized)
        {
            _key = ReadKey();
            if (_key.Equals(key))
            {
                throw;
            }
        }

        return await ExchangeAsync(call, _key, cancellationToken);
    }

    /// <summary>What an answer says, fit for a message: a server may echo the request with the key in it.</summary>
    public string Shown(string body) => DisplayText.Of(body, _key);

    public void Dispose() => _client.Dispose();

    private async Task<string> ExchangeAsync(RestCall call, Secret key, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.RequestTimeout);
        try
        {
            using var request = Request(call, key);
            using var response = await _client.SendAsync(request, limit.Token);
            RestLog.Answered(_options.Logger, call.Method, call.Where, (int)response.StatusCode);
            var body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(limit.Token));
            return Check(call, response, body, key);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            var isConnecting = e.InnerException is TimeoutException && s_connectTimeout < _options.RequestTimeout;
            throw ConnectionErrors.Timeout(call, isConnecting ? s_connectTimeout : _options.RequestTimeout, e);
        }
        catch (HttpRequestException e)
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
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
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
                "Copy the key anew from Hopsworks (account settings, API keys): one line, prefix.secret.",
                ExitCode.Usage);
    }
}
