using System.Net;
using HopsKafka.Certificates;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>Checks DNS, TCP and TLS of the brokers in parallel; results are reported in order.</summary>
/// <param name="certificates">The project's certificates; null if they cannot be used.</param>
internal sealed class BrokerChecks(CheckRunner checks, HopsKafkaConfig config, ProjectCertificates? certificates)
{
    private readonly ServerProbe _ports = ServerProbe.OfBrokerPorts(config);

    private bool UsesSasl => config.Kafka.Security.UsesSasl;

    /// <summary>Checks the bootstrap servers. A failure is only a warning if another one works.</summary>
    public async Task<IReadOnlyList<ServerAddress>> BootstrapAsync()
    {
        var servers = config.Kafka.BootstrapServers.Distinct().Select(ServerAddress.Parse).ToList();
        var lookups = servers.Select(s => s.Host).Distinct().ToDictionary(host => host, LookUpAsync);
        await Task.WhenAll(lookups.Values);
        var rows = await Task.WhenAll(servers.Select(s => ConnectAsync(s, lookups[s.Host].Result)));
        var works = servers.Where((_, i) => rows[i].All(r => r.Status == CheckStatus.Ok)).ToList();
        foreach (var result in lookups.Values.Select(l => l.Result.Result).Concat(rows.SelectMany(r => r)))
        {
            checks.Add(works.Count > 0 ? AsWarning(result) : result);
        }

        return works;
    }

    /// <summary>Checks the brokers that the cluster advertises.</summary>
    /// <param name="known">The bootstrap servers that work.</param>
    /// <returns>Whether all of them work.</returns>
    public async Task<bool> AdvertisedAsync(IReadOnlyList<(int Id, ServerAddress Address)> brokers, IReadOnlyList<ServerAddress> known)
    {
        var results = await Task.WhenAll(brokers.Select(b => AdvertisedAsync(b.Id, b.Address, known)));
        foreach (var result in results)
        {
            checks.Add(result);
        }

        return results.All(r => r.Status == CheckStatus.Ok);
    }

    private async Task<CheckResult> AdvertisedAsync(int id, ServerAddress server, IReadOnlyList<ServerAddress> known)
    {
        var name = $"advertised broker {id} {server}";
        if (known.Contains(server))
        {
            return CheckOutcome.Ok("a bootstrap server: checked above").Result(name, TimeSpan.Zero);
        }

        var (_, result) = await checks.MeasureAsync(name, async stop =>
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

    private Task<(IPAddress[]? Value, CheckResult Result)> LookUpAsync(string host) => checks.MeasureAsync($"DNS {host}", async stop =>
    {
        var addresses = await _ports.ResolveAsync(new ServerAddress(host, 0), stop);
        return (addresses, CheckOutcome.Ok(string.Join(", ", addresses.Select(a => a.ToString()))));
    });

    private async Task<CheckResult[]> ConnectAsync(ServerAddress server, (IPAddress[]? Value, CheckResult Result) lookup)
    {
        var (tcp, tls) = ($"TCP {server}", $"TLS {server}");
        if (lookup.Value is not { } addresses)
        {
            return [Skipped(tcp, lookup.Result.Name), Skipped(tls, lookup.Result.Name), .. SkippedLogin(server, lookup.Result.Name)];
        }

        var (address, connected) = await checks.MeasureAsync(tcp, async stop =>
        {
            var used = await _ports.ConnectAsync(server, addresses, stop);
            return (used, CheckOutcome.Ok($"{used} accepts connections"));
        });
        if (address is null)
        {
            return [connected, Skipped(tls, tcp), .. SkippedLogin(server, tcp)];
        }

        if (certificates is null)
        {
            return [connected, Skipped(tls, ConfigChecks.Certificate), .. SkippedLogin(server, ConfigChecks.Certificate)];
        }

        var (session, secured) = await checks.MeasureAsync(tls, async stop =>
        {
            var probe = ServerProbe.OfBrokers(config, certificates);
            var opened = await probe.OpenAsync(server, addresses, stop);
            if (!UsesSasl)
            {
                await probe.LogInAsync(server, opened, stop);
            }

            return (opened, CheckOutcome.Ok($"{opened.Description}; it is Kafka{(certificates.HasClient ? " and accepts our certificate" : "")}"));
        });
        using (session)
        {
            return [connected, secured, .. session is null ? SkippedLogin(server, tls) : await LogInAsync(server, session)];
        }
    }

    private async Task<CheckResult[]> LogInAsync(ServerAddress server, ServerSession session)
    {
        if (!UsesSasl)
        {
            return [];
        }

        var name = Login(server);
        var (_, result) = await checks.MeasureAsync(name, async stop => 
            (name, CheckOutcome.Ok(await ServerProbe.OfBrokers(config, certificates!).LogInAsync(server, session, stop))));
        return [result];
    }

    private CheckResult[] SkippedLogin(ServerAddress server, string failed) => UsesSasl ? [Skipped(Login(server), failed)] : [];

    private static string Login(ServerAddress server) => $"SASL {server}";

    private static CheckResult Skipped(string name, string failed) => CheckOutcome.Skipped($"because {failed} failed").Result(name, TimeSpan.Zero);

    private static CheckResult AsWarning(CheckResult result) => result.Status == CheckStatus.Failed
        ? result with { Status = CheckStatus.Warning, Detail = $"{result.Cause} Another bootstrap server works.", Cause = null }
        : result;
}
