using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tool.Setup;

/// <summary>One run of <c>hops-kafka setup --delete</c>: first the topic, because its schema cannot be deleted while it exists, then the subject.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class SetupDeletion(SetupRequest request)
{
    /// <summary>Runs.</summary>
    /// <returns>The exit code: failed when the user did not confirm.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (!request.Yes && CommandContext.Current.IsInputRedirected)
        {
            throw new HopsKafkaException(
                "Topics and subjects are deleted only after a confirmation, and stdin is not a terminal.", "Add --yes to delete without a confirmation.", ExitCode.Usage);
        }

        var config = await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop);
        var subject = request.SchemaFile is { } file ? LocalSchema.ReadFile(file, "--schema", config.Kafka.Schema).FullName : config.Kafka.Schema;
        using var registry = RegistryAccess.Connect(config);
        using var topics = RegistryAccess.ConnectTopics(config);
        var plan = await PlanAsync(registry, topics, config.Kafka.Topic, subject, stop);
        if (!plan.IsEmpty && !request.Yes && !await ConfirmAsync(plan, config, stop))
        {
            DataOutput.Line("Nothing was deleted.");
            return ExitCode.Failed;
        }

        await DeleteAsync(registry, topics, plan, stop);
        return ExitCode.Ok;
    }

    private static async Task<DeletionPlan> PlanAsync(
        RegistryApi registry, TopicClient topics, string name, string subject, CancellationToken stop)
    {
        var all = await topics.GetTopicsAsync(stop);
        var topic = all.FirstOrDefault(t => t.Name == name);
        if (topic is { IsShared: true })
        {
            throw new HopsKafkaException(
                $"Topic {name} belongs to another project, which shares it with yours: only that project can delete it.",
                "Correct [kafka] topic, or ask the owner of the topic.");
        }

        var users = all.Where(t => t.Subject == subject && t.Name != name && !t.IsShared).Select(t => t.Name).ToList();
        return new DeletionPlan(name, topic is not null, subject, await VersionsAsync(registry, subject, stop), users);
    }

    private static async Task<IReadOnlyList<int>> VersionsAsync(RegistryApi registry, string subject, CancellationToken stop)
    {
        try
        {
            // Not the list of versions: for a missing subject the server answers that call with 500.
            _ = await registry.GetLatestSchemaAsync(subject, stop);
            return [.. (await registry.GetSubjectVersionsAsync(subject, stop)).Order()];
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.SubjectNotFound)
        {
            return [];
        }
    }

    private static async Task<bool> ConfirmAsync(DeletionPlan plan, HopsKafkaConfig config, CancellationToken stop)
    {
        ConsoleLog.Report($"In project {config.Project.Name ?? $"{config.Project.Id}"} of {config.Hops.Url} this permanently deletes:");
        if (plan.TopicExists)
        {
            ConsoleLog.Report($"    topic {plan.Topic} with all its events");
        }

        if (plan.DeletesSubject)
        {
            ConsoleLog.Report($"    subject {plan.Subject}, version {string.Join(", ", plan.Versions)}: events of other topics written with it can no longer be decoded");
        }

        ConsoleLog.Ask("Type yes to continue: ");

        // On a task of its own: otherwise Ctrl-C would have no effect before the line ends.
        var answer = await Task.Run(CommandContext.Current.Input().ReadLine, CancellationToken.None).WaitAsync(stop);
        return answer?.Trim() == "yes";
    }

    private static async Task DeleteAsync(RegistryApi registry, TopicClient topics, DeletionPlan plan, CancellationToken stop)
    {
        if (plan.TopicExists)
        {
            await topics.DeleteTopicAsync(plan.Topic, stop);
        }

        DataOutput.Line($"Topic {plan.Topic} {(plan.TopicExists ? "deleted" : "does not exist")}.");
        if (plan.DeletesSubject)
        {
            var versions = await registry.DeleteSubjectAsync(plan.Subject, stop);
            DataOutput.Line($"Subject {plan.Subject} deleted: version {string.Join(", ", versions.Order())}.");
        }
        else
        {
            DataOutput.Line(plan.Versions.Count == 0
                ? $"Subject {plan.Subject} does not exist."
                : $"Subject {plan.Subject} is kept: {Pluralize.Of(plan.OtherUsers.Count, "other topic")} of the project "
                    + $"{(plan.OtherUsers.Count == 1 ? "uses" : "use")} it ({string.Join(", ", plan.OtherUsers)}).");
        }

        if (plan.IsEmpty)
        {
            DataOutput.Line("Nothing was changed.");
        }
    }
}

/// <summary>What <c>hops-kafka setup --delete</c> would delete.</summary>
/// <param name="TopicExists">Whether the project has it.</param>
/// <param name="Versions">The versions that the subject has; none when it does not exist.</param>
/// <param name="OtherUsers">Other topics of the project that use the subject, which is therefore kept.</param>
internal sealed record DeletionPlan(
    string Topic, bool TopicExists, string Subject, IReadOnlyList<int> Versions, IReadOnlyList<string> OtherUsers)
{
    /// <summary>Whether the subject is deleted.</summary>
    public bool DeletesSubject => Versions.Count > 0 && OtherUsers.Count == 0;

    /// <summary>Whether nothing is deleted.</summary>
    public bool IsEmpty => !TopicExists && !DeletesSubject;
}
