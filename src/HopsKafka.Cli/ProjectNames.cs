using System.CommandLine.Completions;
using HopsKafka.Certificates;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.FeatureGroups;
using HopsKafka.Kafka;

namespace HopsKafka.Cli;

/// <summary>
/// Names of the project of config.toml for completion in a shell. A shell cannot show errors, so a wrong configuration or an unavailable server gives no names,
/// within two seconds.
/// </summary>
internal static class ProjectNames
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    /// <summary>The topics that the project may use.</summary>
    public static IEnumerable<CompletionItem> Topics(CompletionContext context) => Request(context, async (config, stop) =>
    {
        using var topics = RegistryAccess.ConnectTopicsOnce(config);
        return (await topics.GetTopicsAsync(stop)).Select(topic => topic.Name);
    });

    /// <summary>The subjects of its schema registry.</summary>
    public static IEnumerable<CompletionItem> Subjects(CompletionContext context) => Request(context, async (config, stop) =>
    {
        using var registry = RegistryAccess.ConnectOnce(config);
        return await registry.GetAllSubjectsAsync(stop);
    });

    /// <summary>Its consumer groups; if Kafka cannot list them, the configured one.</summary>
    public static IEnumerable<CompletionItem> Groups(CompletionContext context) => Request(context, async (config, _) =>
    {
        var certificates = ProjectCertificates.Load(config.Project.CertificateSources(), CommandContext.Current.Time.GetUtcNow());
        using var consumer = ConsumerGroupClient.CreateConsumer(config, certificates, "hops-kafka", new ConnectionMonitor(ConsoleLog.Logger));
        using var client = new ConsumerGroupClient(consumer, config.Kafka.Topic, s_limit);
        return (await client.ListAsync())?.Select(group => group.Name) ?? new[] { config.Kafka.GroupId }.OfType<string>();
    });

    /// <summary>The feature groups of its feature store, as <c>NAME:VERSION</c>.</summary>
    public static IEnumerable<CompletionItem> FeatureGroups(CompletionContext context) => Request(context, async (config, stop) =>
    {
        using var client = RegistryAccess.ConnectFeatureStore(config);
        var store = await FeatureGroupLocator.FindStoreAsync(client, config, stop);
        return (await client.GetFeatureGroupsAsync(store.Id, stop)).Select(FeatureGroupName.Of);
    });

    private static IEnumerable<CompletionItem> Request(CompletionContext context, Func<HopsKafkaConfig, CancellationToken, Task<IEnumerable<string>>> names)
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            ConnectionOptions.Apply(context.ParseResult, CommandContext.Current);
            var path = context.ParseResult.GetValue(SharedOptions.Config) ?? "config.toml";
            var found = Task.Run(async () => await names(await CommandContext.Current.LoadConfigAsync(path, limit.Token, needsTopic: false), limit.Token))
                .WaitAsync(limit.Token).GetAwaiter().GetResult();
            return [.. found.Where(name => name.StartsWith(context.WordToComplete, StringComparison.Ordinal)).Select(name => new CompletionItem(name))];
        }
        catch (Exception e) when (e is IHopsKafkaError or OperationCanceledException or Confluent.Kafka.KafkaException)
        {
            ConsoleLog.Detail($"Names for completion: {e.Message}");
            return [];
        }
    }
}
