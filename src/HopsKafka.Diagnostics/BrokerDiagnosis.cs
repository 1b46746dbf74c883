using Confluent.Kafka;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Diagnostics;

/// <summary>Finds out why brokers cannot be used: librdkafka's own errors rarely name the cause.</summary>
internal sealed class BrokerDiagnosis(HopsKafkaConfig config, ProjectCertificates certificates, ILogger logger)
{
    private const string More = "Run hops-kafka doctor for further checks.";

    /// <summary>Whom Kafka grants permissions.</summary>
    public KafkaPrincipal Principal => KafkaPrincipal.Of(config);

    /// <summary>Whether clients connect only after they got a token.</summary>
    public bool NeedsToken => config.Kafka.Security.Mechanism == SecurityOptions.OAuthBearer;

    /// <summary>Number of bootstrap servers.</summary>
    public int Servers => config.Kafka.BootstrapServers.Distinct().Count();

    /// <summary>Probes the bootstrap servers after a client's connections failed, which on a bad network may happen once.</summary>
    /// <returns>The failure with its cause; null if one of them can be reached.</returns>
    public HopsKafkaException? FindFault()
    {
        var faults = Probe();
        return faults.Count < Servers ? null : FailureOf(faults);
    }

    /// <summary>Probes the bootstrap servers after none of them responded to a client.</summary>
    /// <param name="failures">The failures that the client logged; empty for none.</param>
    /// <returns>The failure with its cause.</returns>
    public HopsKafkaException NoBrokerWorks(string failures)
    {
        var faults = Probe();
        return faults.Count > 0 ? FailureOf(faults) : new HopsKafkaException(
            $"No Kafka broker can be used: {(failures.Length > 0 ? failures : "none responds")}.",
            $"Check the properties in [kafka.properties], [kafka.producer] and [kafka.consumer]. {More}");
    }

    /// <summary>Connects to the advertised addresses of the partitions' leaders. A failure is only a warning if another one works.</summary>
    /// <exception cref="HopsKafkaException">None of them can be reached from here.</exception>
    public void CheckAdvertised(Metadata topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var known = config.Kafka.BootstrapServers.Select(ServerAddress.Parse).ToHashSet();
        var leaders = topic.Topics.SelectMany(t => t.Partitions).Select(p => p.Leader).ToHashSet();
        var brokers = topic.Brokers.Where(b => leaders.Contains(b.BrokerId)).Select(b => (b.BrokerId, Address: new ServerAddress(b.Host, b.Port))).ToList();
        var probe = ServerProbe.OfBrokerPorts(config);
        var faults = Task.WhenAll(brokers.Where(b => !known.Contains(b.Address)).Select(b => FaultAsync(async () =>
        {
            try
            {
                await probe.ConnectAsync(b.Address, await probe.ResolveAsync(b.Address, CancellationToken.None), CancellationToken.None);
            }
            catch (ConnectionFaultException e)
            {
                throw Advertised(b.BrokerId, b.Address, e);
            }
        }))).GetAwaiter().GetResult().OfType<ConnectionFaultException>().ToList();
        if (faults.Count > 0 && faults.Count == brokers.Count)
        {
            throw new HopsKafkaException(faults[0].Message, $"{faults[0].Remedy} {More}", innerException: faults[0]);
        }

        faults.ForEach(fault => DiagnosticsLog.BrokerUnusable(logger, fault.Message));
    }

    /// <summary>The failure of a broker whose advertised address cannot be reached from here.</summary>
    /// <param name="e">The failure of the connection.</param>
    internal static ConnectionFaultException Advertised(int id, ServerAddress server, ConnectionFaultException e) => new(
        e.Fault,
        $"The cluster advertises {server} for broker {id}, which cannot be used from this machine: {e.Message}",
        "The brokers advertise an address for other machines. Ask for the external addresses (in Hopsworks: project "
        + "settings, Kafka brokers) and use those as bootstrap_servers, or make this address reachable (VPN, DNS, firewall).",
        e.Root,
        e);

    private List<ConnectionFaultException> Probe()
    {
        var probe = ServerProbe.OfBrokers(config, certificates);
        var servers = config.Kafka.BootstrapServers.Distinct().Select(ServerAddress.Parse);
        return [.. Task.WhenAll(servers.Select(s => FaultAsync(() => probe.ProbeAsync(s)))).GetAwaiter().GetResult().OfType<ConnectionFaultException>()];
    }

    private HopsKafkaException FailureOf(List<ConnectionFaultException> faults)
    {
        var others = Servers == 1 ? ""
            : faults.Count < Servers ? $" {Servers - faults.Count} of the {Servers} brokers can be reached, but did not respond in time."
            : $" The other {(Servers == 2 ? "one fails" : $"{Servers - 1} fail")} as well.";
        return new HopsKafkaException($"No Kafka broker can be used. {faults[0].Message}{others}", $"{faults[0].Remedy} {More}", innerException: faults[0]);
    }

    private static async Task<ConnectionFaultException?> FaultAsync(Func<Task> probe)
    {
        try
        {
            await probe();
            return null;
        }
        catch (ConnectionFaultException e)
        {
            return e;
        }
    }
}
