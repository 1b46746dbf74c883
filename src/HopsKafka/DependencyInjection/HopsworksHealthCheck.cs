using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HopsKafka.DependencyInjection;

// Each check resolves the connection, so that a failure to open it is the result of the check.
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
