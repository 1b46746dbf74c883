using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Diagnostics;
using HopsKafka.FeatureGroups;
using HopsKafka.Kafka;

namespace HopsKafka.Tool.FeatureGroups;

/// <summary>One run of <c>hops-kafka feature-groups materialize</c>.</summary>
/// <param name="waits">Whether to wait until the run has ended.</param>
internal sealed class MaterializeRun(string configFile, FeatureGroupName name, bool waits, bool json)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>Runs.</summary>
    /// <returns>The exit code; a failed run is an exception.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = await CommandContext.Current.LoadConfigAsync(configFile, stop, needsTopic: false);
        using var client = RegistryAccess.ConnectFeatureStore(config);
        var store = await FeatureGroupLocator.FindStoreAsync(client, config, stop);
        var group = (await name.FindAsync(client, store, stop))[0];
        Check(client, store, group);
        var job = await OfflineJob.FindAsync(client, group, stop);
        if (!job.HasRun)
        {
            job = job with { Checkpoint = await FirstRowsAsync(config.WithTopic(group.Topic), stop) };
        }

        var run = await job.StartAsync(stop);
        if (!waits)
        {
            Print(await client.GetRunAsync(job.Name, run, stop), string.Create(CultureInfo.InvariantCulture, $"Started run {run} of job {job.Name}."));
            return ExitCode.Ok;
        }

        var started = CommandContext.Current.Time.GetTimestamp();
        var ended = await WaitAsync(client, job.Name, run, stop);
        var seconds = CommandContext.Current.Time.GetElapsedTime(started).TotalSeconds;
        Print(ended, string.Create(CultureInfo.InvariantCulture, $"Run {run} of job {job.Name} ended after {seconds:0.0} s: {StatusRun.Outcome(ended)}."));
        return !ended.HasFailed ? ExitCode.Ok : throw new HopsKafkaException(
            string.Create(CultureInfo.InvariantCulture, $"Run {run} of job {job.Name} failed: its state is {StatusRun.Outcome(ended)}."),
            "Read its log in Hopsworks (Jobs). The rows stay in the topic, and the next run copies them.");
    }

    private void Check(FeatureStoreClient client, FeatureStoreInfo store, FeatureGroupInfo group)
    {
        if (store.ProjectId != client.ProjectId)
        {
            throw new HopsKafkaException(
                $"The job of feature group {name} cannot be started: it belongs to project {store.ProjectName ?? $"{store.ProjectId}"}.",
                "Start it with the configuration of that project.",
                ExitCode.Usage);
        }

        if (group.Kind != FeatureGroupKind.Stream)
        {
            throw new HopsKafkaException(
                $"Feature group {name} has no job that copies rows from Kafka to the offline store: it is not a stream.",
                "Write its offline store with the hopsworks library.",
                ExitCode.Usage);
        }
    }

    // A first run needs to know where to start, and rows may be in the topic already.
    private static async Task<IReadOnlyList<TopicPartitionOffset>> FirstRowsAsync(HopsKafkaConfig config, CancellationToken stop)
    {
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        var connections = new ConnectionMonitor(ConsoleLog.Logger);
        using var consumer = ConsumerGroupClient.CreateConsumer(config, certificates, "hops-kafka", connections);
        TopicProbe.Find(consumer.Handle, connections, config.Kafka.Topic, new BrokerDiagnosis(config, certificates, ConsoleLog.Logger), stop);
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        try
        {
            return await new TopicOffsets(admin, config.Kafka.Topic, s_limit).ResolveAsync(OffsetSpec.Earliest());
        }
        catch (KafkaException e)
        {
            throw new HopsKafkaException(
                $"The first offsets of topic {config.Kafka.Topic} cannot be read: {e.Error.Reason}.",
                "Try again later; hops-kafka doctor finds out what is wrong.",
                innerException: e);
        }
    }

    private static async Task<JobRun> WaitAsync(FeatureStoreClient client, string job, long run, CancellationToken stop)
    {
        while (true)
        {
            var now = await client.GetRunAsync(job, run, stop);
            if (now.HasEnded)
            {
                return now;
            }

            ConsoleLog.Detail($"Run {run} of job {job}: {now.State}.");
            await Task.Delay(TimeSpan.FromSeconds(1), CommandContext.Current.Time, stop);
        }
    }

    private void Print(JobRun run, string sentence)
    {
        if (json)
        {
            DataOutput.Json(StatusRun.Json(run));
        }
        else
        {
            DataOutput.Line(sentence);
        }
    }
}
