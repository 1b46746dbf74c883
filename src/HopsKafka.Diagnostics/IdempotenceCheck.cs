using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;

namespace HopsKafka.Diagnostics;

/// <summary>Requests a producer id from a broker, the only permission that an idempotent producer needs besides writing. Writes nothing.</summary>
internal sealed class IdempotenceCheck(CheckRunner checks, HopsKafkaConfig config, ProjectCertificates certificates)
{
    public const string Name = "idempotent producer";
    private const int MaxRetries = 10;
    private const int CoordinatorLoading = 14;
    private const int CoordinatorNotAvailable = 15;
    private const int ClusterAuthorizationFailed = 31;

    public async Task RunAsync(ServerAddress broker)
    {
        if (config.Kafka.Producer.GetValueOrDefault("enable.idempotence") == "false")
        {
            checks.Skip(Name, "not requested: enable.idempotence = false");
            return;
        }

        if (config.Kafka.Security.Mechanism == SecurityOptions.OAuthBearer && TokenClient.Of(config) is null)
        {
            checks.Skip(Name, "not checked: only librdkafka gets the token");
            return;
        }

        await checks.RunAsync(Name, async stop =>
        {
            var probe = ServerProbe.OfBrokers(config, certificates);
            using var session = await probe.OpenAsync(broker, await probe.ResolveAsync(broker, stop), stop);
            if (config.Kafka.Security.UsesSasl)
            {
                await probe.LogInAsync(broker, session, stop);
            }

            return await AskAsync(session.Stream, broker, stop);
        });
    }

    private async Task<CheckOutcome> AskAsync(Stream stream, ServerAddress broker, CancellationToken stop)
    {
        try
        {
            var error = await KafkaWire.InitProducerIdAsync(stream, stop);
            for (var i = 0; i < MaxRetries && error is (CoordinatorLoading or CoordinatorNotAvailable); i++)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.3), stop);
                error = await KafkaWire.InitProducerIdAsync(stream, stop);
            }

            return error switch
            {
                0 => CheckOutcome.Ok("granted"),
                ClusterAuthorizationFailed => throw new HopsKafkaException(
                    $"An idempotent producer is not granted to {KafkaPrincipal.Of(config).Name} (IDEMPOTENT_WRITE: CLUSTER_AUTHORIZATION_FAILED).",
                    "Have it granted, or set enable_idempotence = false in [kafka.producer]: the order is kept, but an event may be stored twice."),
                _ => CheckOutcome.Warning($"not known: broker {broker} returned error {error}"),
            };
        }
        catch (IOException e)
        {
            throw new HopsKafkaException(
                $"The broker {broker} closed the connection on a request for a producer id.", "Try again; if the problem persists, ask its administrator.",
                innerException: e);
        }
    }
}
