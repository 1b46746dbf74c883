using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HopsKafka.DependencyInjection;

// The connection is resolved by each check: where it cannot be opened, that is the result of the check.
internal sealed class HopsworksHealthCheck(IServiceProvider provider, string? serviceKey) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var connection = serviceKey is null
            ? provider.GetRequiredService<HopsworksConnection>()
            : provider.GetRequiredKeyedService<HopsworksConnection>(serviceKey);
        await connection.CheckAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
