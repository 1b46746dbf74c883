using System.Net;
using HopsKafka.Certificates;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>DNS, TCP and TLS of brokers, side by side, told in order.</summary>
/// <param name="certificates">The project's certificates; null when they cannot be used.</param>
internal sealed class BrokerChecks(CheckRunner checkup, HopsKafkaConfig config, ProjectCertificates? certificates)
{
    private readonly ServerProbe _ports = ServerProbe.OfBrokerPorts(config);

    /// <summary>Checks the brokers to start from. One that fails is only a warning while another one works.</summary>
    public async Task<IReadOnlyList<ServerAddress>> BootstrapAsync()
    {
        var servers = config.Kafka.BootstrapServers.Distinct().Select(ServerAddress.Parse).ToList();
        var lookups = servers.Select(s => s.Host).Distinct().ToDictionary(host => host, LookUpAsync);
        await Task.WhenAll(lookups.Values);
        var rows = await Task.WhenAll(servers.Select(s => ConnectAsync(s, lookups[s.Host].Result)));
        var works = servers.Where((_, i) => rows[i].All(r => r.Status == CheckStatus.Ok)).ToList();
        foreach (var result in lookups.Values.Select(l => l.Result.Result).Concat(rows.SelectMany(r => r)))
        {
            checkup.Add(works.Count > 0 ? AsWarning(result) : result);
        }

        return works;
    }

    /// <summary>Checks a broker that the cluster names.</summary>
    /// <param name="known">Those that were found to work.</param>
    /// <returns>Whether all of them work.</returns>
    public async Task<bool> AdvertisedAsync(IReadOnlyList<(int Id, ServerAddress Address)> brokers, IReadOnlyList<ServerAddress> known)
    {
        var results = await Task.WhenAll(brokers.Select(b => AdvertisedAsync(b.Id, b.Address, known)));
        foreach (var result in results)
        {
            checkup.Add(result);
        }

        return results.All(r => r.Status == CheckStatus.Ok);
    }

    private async Task<CheckResult> AdvertisedAsync(int id, ServerAddress server, IReadOnlyList<ServerAddress> known)
    {
        var name = $"advertised broker {id} {server}";
        if (known.Contains(server))
        {
            return CheckOutcome.Ok("an address to start from: checked above").Result(name, TimeSpan.Zero);
        }

        var (_, result) = await checkup.MeasureAsync(name, async stop =>
        {
            try
            {
                return (name, CheckOutcome.Ok(await ServerProbe.OfBrokers(config, certificates!).ProbeAsync(server, stop)));
            }
            catch (ConnectionFaultException e) when (e.Fault <= ConnectionFault.NoAnswer)
            {
                throw BrokerDiagnosis.Advertised(id, server, e);
            }
        });
        return result;
    }

    private Task<(IPAddress[]? Value, CheckResult Result)> LookUpAsync(string host) => checkup.MeasureAsync($"DNS {host}", async stop =>
    {
        var addresses = await _ports.ResolveAsync(new ServerAddress(host, 0), stop);
        return (addresses, CheckOutcome.Ok(string.Join(", ", addresses.Select(a => a.ToString()))));
    });

    private async Task<CheckResult[]> ConnectAsync(ServerAddress server, (IPAddress[]? Value, CheckResult Result) lookup)
    {
        var (tcp, tls) = ($"TCP {server}", $"TLS {server}");
        if (lookup.Value is not { } addresses)
        {
            return [Skipped(tcp, lookup.Result.Name), Skipped(tls, lookup.Result.Name)];
        }

        var (address, connected) = await checkup.MeasureAsync(tcp, async stop =>
        {
            var used = await _ports.ConnectAsync(server, addresses, stop);
            return (used, CheckOutcome.Ok($"{used} accepts connections"));
        });
        if (address is null)
        {
            return [connected, Skipped(tls, tcp)];
        }

        if (certificates is null)
        {
            return [connected, Skipped(tls, ConfigChecks.Certificate)];
        }

        var (_, secured) = await checkup.MeasureAsync(tls, async stop =>
        {
            using var session = await ServerProbe.OfBrokers(config, certificates).OpenAsync(server, addresses, stop);
            return (tls, CheckOutcome.Ok($"{session.Description}; it is Kafka and accepts our certificate"));
        });
        return [connected, secured];
    }

    private static CheckResult Skipped(string name, string failed) => CheckOutcome.Skipped($"because {failed} failed").Result(name, TimeSpan.Zero);

    private static CheckResult AsWarning(CheckResult result) => result.Status == CheckStatus.Failed
        ? result with { Status = CheckStatus.Warning, Detail = $"{result.Cause} The other brokers do for a start.", Cause = null }
        : result;
}
