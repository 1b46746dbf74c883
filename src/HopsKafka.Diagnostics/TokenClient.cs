using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.Kafka;

namespace HopsKafka.Diagnostics;

/// <summary>
/// Requests a token of OAUTHBEARER as librdkafka does with client credentials, and explains why there is none: librdkafka reports that late,
/// and to a consumer that does not poll yet not at all.
/// </summary>
internal sealed class TokenClient
{
    /// <summary>What to do about a token that brokers reject.</summary>
    public const string RejectedRemedy = $"Correct {KafkaClientConfig.TokenUrl}, {KafkaClientConfig.TokenClientId} and sasl.oauthbearer.scope in {Properties}, "
        + "or ask the administrator of the Kafka cluster which issuer and audience its brokers expect.";

    private const int MaxResponseSize = 1 << 20;
    private const string CaFile = "https.ca.location";
    private const string Properties = "[kafka.properties]";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private readonly HopsKafkaConfig _config;

    private TokenClient(HopsKafkaConfig config) => _config = config;

    /// <summary>For a configuration.</summary>
    /// <returns>Null if librdkafka gets tokens by other means, such as another grant or the service of a cloud, or trusts a folder of CAs.</returns>
    /// <exception cref="HopsKafkaException">Properties are missing without which there is no token.</exception>
    public static TokenClient? Of(HopsKafkaConfig config)
    {
        KafkaClientConfig.RequireToken(config);
        return KafkaClientConfig.UsesClientCredentials(config) && !Directory.Exists(config.Kafka.Properties.GetValueOrDefault(CaFile)) ? new TokenClient(config) : null;
    }

    /// <summary>The properties of SASL extensions, as name=value.</summary>
    public IReadOnlyList<string> Extensions => Property("sasl.oauthbearer.extensions").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Requests a token.</summary>
    /// <exception cref="ConnectionFaultException">There is none, or librdkafka cannot use it.</exception>
    public async Task<AccessToken> RequestAsync(CancellationToken stop)
    {
        var url = Uri.TryCreate(Property(KafkaClientConfig.TokenUrl), UriKind.Absolute, out var given) && given.Scheme is "http" or "https" ? given
            : throw Fault($"{KafkaClientConfig.TokenUrl} is not a URL of HTTP.", $"Set it to the token endpoint in {Properties}, such as 'https://login.example.com/token'.");
        var (status, body) = await PostAsync(url, stop);
        if (status != HttpStatusCode.OK)
        {
            throw Refused(url, status, body);
        }

        if (Member(body, "access_token") is not { } token)
        {
            throw Fault($"The response of the token server {Show(url)} has no access token.", $"Set {KafkaClientConfig.TokenUrl} to the token endpoint in {Properties}.");
        }

        var subject = _config.Kafka.Properties.GetValueOrDefault("sasl.oauthbearer.sub.claim.name", "sub");
        var (read, problem) = AccessToken.Read(token, subject, DateTimeOffset.UtcNow);
        return read ?? throw Fault(
            $"librdkafka cannot use the token of the token server {Show(url)}: {problem}.",
            "Have the administrator of the token server issue JSON web tokens with the claims exp and sub; sasl.oauthbearer.sub.claim.name names another claim than sub.");
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(Uri url, CancellationToken stop)
    {
        var anchors = Anchors();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, chain, _) => new CertificateFaults(ServerRole.TokenServer, anchors)
            .Find(new ServerAddress(url.Host, url.Port), (X509Certificate2)shown!, chain?.ChainPolicy.ExtraStore ?? []) is null;
        using var http = new HttpClient(handler) { Timeout = s_limit, MaxResponseContentBufferSize = MaxResponseSize };

        // librdkafka sends the credentials and the scope as they are, without the encoding of URLs.
        var scope = Property("sasl.oauthbearer.scope");
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new StringContent($"grant_type=client_credentials{(scope.Length > 0 ? $"&scope={scope}" : "")}");
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var credentials = $"{Property(KafkaClientConfig.TokenClientId)}:{Property(KafkaClientConfig.TokenSecret)}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        try
        {
            using var response = await http.SendAsync(request, stop);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(stop));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw await ExplainAsync(url, anchors, e, stop);
        }
    }

    // A failure of the connection is not one of the broker's, which has remedies of its own.
    private static async Task<ConnectionFaultException> ExplainAsync(Uri url, ServerTrustAnchors anchors, Exception e, CancellationToken stop)
    {
        try
        {
            if (url.Scheme == Uri.UriSchemeHttps && RestClient.ProxyOf(url) is null)
            {
                await ServerProbe.OfTokens(anchors).ProbeAsync(new ServerAddress(url.Host, url.Port), stop);
            }
        }
        catch (ConnectionFaultException fault)
        {
            return Fault(fault.Message, fault.Remedy!, fault);
        }

        var why = e is HttpRequestException ? DisplayText.Of(e.Message).TrimEnd('.') : $"no response within {s_limit.TotalSeconds:0} s";
        return Fault($"The token server {Show(url)} cannot be used: {why}.", $"Check {ServerRole.TokenServer.Address}, and that the server may be reached from this machine.", e);
    }

    private static ConnectionFaultException Refused(Uri url, HttpStatusCode status, string body)
    {
        var error = Member(body, "error");
        var reason = error is null ? $"status {(int)status}"
            : Member(body, "error_description") is { } description ? $"{DisplayText.Of(error)} ({DisplayText.Of(description).TrimEnd('.')})" : DisplayText.Of(error);
        var remedy = error switch
        {
            "invalid_scope" => $"Correct sasl.oauthbearer.scope in {Properties}.",
            "invalid_client" or "unauthorized_client" => Credentials(),
            _ => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? Credentials()
                : $"Set {KafkaClientConfig.TokenUrl} in {Properties} to an endpoint that grants tokens for client credentials.",
        };
        return Fault($"The token server {Show(url)} refuses a token: {reason}.", remedy);

        static string Credentials() => $"Correct {KafkaClientConfig.TokenClientId} and {KafkaClientConfig.TokenSecret} in {Properties}.";
    }

    private ServerTrustAnchors Anchors()
    {
        var file = _config.Kafka.Properties.GetValueOrDefault(CaFile);
        var pem = Property("https.ca.pem");
        if (file is null or "probe" && pem.Length == 0)
        {
            return new ServerTrustAnchors(null, null, CheckChain: true, CheckName: true);
        }

        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem.Length > 0 ? pem : File.ReadAllText(file!));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            var why = FileErrors.IsAboutFile(e) ? FileErrors.Why(file!, e) : DisplayText.Of(e.Message).TrimEnd('.');
            throw Fault(
                $"The CA file {DisplayText.Of(file ?? "https.ca.pem")} of the token server cannot be read: {why}.",
                $"Set {CaFile} in {Properties} to a PEM file; a relative path starts at the working directory.",
                e);
        }

        return new ServerTrustAnchors(authorities, file ?? "https.ca.pem", CheckChain: true, CheckName: true);
    }

    private string Property(string name) => _config.Kafka.Properties.GetValueOrDefault(name, "");

    // Without a query or user, which may be secret.
    private static string Show(Uri url) => DisplayText.Of(url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));

    /// <summary>A text of a JSON object; null if there is none.</summary>
    internal static string? Member(string body, string name)
    {
        try
        {
            return RestJson.Read(body, json => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null);
        }
        catch (FormatException)
        {
            // The error page of a proxy, for example: the caller reports what is missing.
            return null;
        }
    }

    private static ConnectionFaultException Fault(string message, string remedy, Exception? inner = null) => new(ConnectionFault.TokenNotIssued, message, remedy, "token", inner);
}
