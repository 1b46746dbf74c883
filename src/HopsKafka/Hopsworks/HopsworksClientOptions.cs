using HopsKafka.Common;
using HopsKafka.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HopsKafka.Hopsworks;

/// <summary>
/// The URL of the schema registry, trust, timeouts and retries. Timeouts and retries default to those of Confluent's client
/// (<c>schema.registry.request.timeout.ms</c>, <c>max.retries</c>, <c>retries.wait.ms</c>, <c>retries.max.wait.ms</c>).
/// </summary>
/// <param name="BaseAddress">
/// <c>https://{host}[:port]{api.base}/project/{id}/kafka</c>. Plain HTTP is accepted for loopback addresses only, so that the
/// API key never travels in clear.
/// </param>
/// <param name="Trust">How the server's certificate is checked.</param>
/// <param name="Key">Gives the API key. Called before the first request, and again when the server answers 401.</param>
internal sealed record HopsworksClientOptions(Uri BaseAddress, ServerTrust Trust, Func<Secret> Key)
{
    /// <summary>Where the key comes from, for messages, such as <c>the key file /home/me/cert/apiKeyFile</c>.</summary>
    public string KeySource { get; init; } = "[api] key";

    /// <summary>What remedies call the settings.</summary>
    public SettingNames Names { get; init; } = SettingNames.ConfigFile;

    /// <summary>How long one attempt may take, from connecting to the last byte; 30 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts in all, the first one included; 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Base of the back-off, 1 s: the wait before retry i (from 0) is a random part of 2^i times this.</summary>
    public TimeSpan RetryWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Maximum delay, also if the server requests a longer one; 20 s.</summary>
    public TimeSpan RetryMaxWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Schemas that a registry client keeps, at least 1; 1000 (<c>max.cached.schemas</c>). When there are more, the cache is cleared.</summary>
    public int MaxCachedSchemas { get; init; } = 1000;

    /// <summary>How long a registry client caches the latest version (<c>latest.cache.ttl.secs</c>); null for no limit, as in Confluent's client.</summary>
    public TimeSpan? LatestCacheTtl { get; init; }

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Logs each request (debug) and, once per call, a failed first attempt that is retried (information).
    /// </summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Finds out why a server closed a connection without a response; null for no diagnosis.</summary>
    internal Func<Uri, ServerTrust, CancellationToken, Task<HopsKafkaException?>>? ExplainLostConnection { get; init; }

    /// <summary>The registry of the project that a configuration names.</summary>
    /// <param name="logger">See <see cref="Logger"/>.</param>
    /// <exception cref="HopsKafkaException"><c>[hops] url</c> is not a host name.</exception>
    public static HopsworksClientOptions From(HopsKafkaConfig config, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        var path = $"{config.Api.Base.TrimEnd('/')}/project/{config.Kafka.RegistryProject ?? config.Project.Id}/kafka";
        return new HopsworksClientOptions(HttpsAddress(config.Hops, path), config.Hops.Verify, config.Api.ReadKey)
        {
            KeySource = config.Api.KeySource,
            Names = config.Names,
            Logger = logger ?? NullLogger.Instance,
        };
    }

    /// <summary>Address of a path on the Hopsworks server.</summary>
    /// <exception cref="HopsKafkaException"><c>[hops] url</c> is not a host name.</exception>
    internal static Uri HttpsAddress(HopsOptions hops, string path)
    {
        try
        {
            return Uri.CheckHostName(hops.Url.Trim('[', ']')) != UriHostNameType.Unknown
                ? new UriBuilder(Uri.UriSchemeHttps, hops.Url, hops.Port, path).Uri
                : throw new UriFormatException("not a host name");
        }
        catch (UriFormatException e)
        {
            throw new HopsKafkaException(
                $"The server {DisplayText.Of(hops.Url[(hops.Url.LastIndexOf('@') + 1)..])} of [hops] url cannot be addressed: {e.Message}",
                "Write the host name alone, without https:// and without a path.",
                ExitCode.Usage,
                e);
        }
    }
}
