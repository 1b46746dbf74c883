using HopsKafka;
using HopsKafka.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of a <see cref="HopsworksConnection"/>.</summary>
public static class HopsworksHealthChecksBuilderExtensions
{
    /// <summary>Adds a check that lists the topics by the REST API and requests the cluster's metadata from a broker.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">Name of the check.</param>
    /// <param name="serviceKey">Key of the connection, when it is registered as a keyed service; null for the only one.</param>
    /// <param name="failureStatus">Status when one of the two cannot be used; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags to select checks by.</param>
    /// <param name="timeout">Limit of one check; null for none (brokers 10 s, REST API three attempts of 30 s).</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddHopsworksKafka(
        this IHealthChecksBuilder builder,
        string name = "hopsworks",
        string? serviceKey = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, provider => new HopsworksHealthCheck(provider, serviceKey), failureStatus, tags, timeout));
    }
}
