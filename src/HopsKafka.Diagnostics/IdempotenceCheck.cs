using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Diagnostics;

/// <summary>Asks a broker for a producer id, the one thing that an idempotent producer needs beyond writing. Writes nothing.</summary>
internal sealed class IdempotenceCheck(CheckRunner checkup, HopsKafkaConfig config, ProjectCertificates certificates)
{
    public const string Name = "idempotent producer";
    private const int MostRepeats = 10;
    private const int CoordinatorLoading = 14;
    private const int CoordinatorNotAvailable = 15;
    private const int ClusterAuthorizationFailed = 31;

    public async Task RunAsync(ServerAddress broker)
    {
        if (config.Kafka.Producer.GetValueOrDefault("enable.idempotence") == "false")
        {
            checkup.Skip(Name, "not requested: enable.idempotence = false");
            return;
        }

        await checkup.RunAsync(Name, async stop =>
        {
            var probe = ServerProbe.OfBrokers(config, certificates);
            using var session = await probe.OpenAsync(broker, await probe.ResolveAsync(broker, stop), stop);
            return await AskAsync(session.Stream, broker, stop);
        });
    }

    private static async Task<CheckOutcome> AskAsync(Stream stream, ServerAddress broker, CancellationToken stop)
    {
        try
        {
            var error = await KafkaWire.InitProducerIdAsync(stream, stop);
            for (var i = 0; i < MostRepeats && error is (CoordinatorLoading or CoordinatorNotAvailable); i++)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.3), stop);
                error = await KafkaWire.InitProducerIdAsync(stream, stop);
            }

            return error switch
            {
                0 => CheckOutcome.Ok("granted"),
                ClusterAuthorizationFailed => throw new HopsKafkaException(
                    "An idempotent producer is not granted to this project (IDEMPOTENT_WRITE: CLUSTER_AUTHORIZATION_FAILED).",
                    "Have it granted, or write enable_idempotence = false below [kafka.producer]: the order is kept, but an event may be stored twice."),
                _ => CheckOutcome.Warning($"not known: broker {broker} answered with error {error}"),
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
