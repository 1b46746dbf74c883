using System.Text.Json.Nodes;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tool.Schemas;

/// <summary>One run of <c>hops-kafka schemas level</c>.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class LevelRun(LevelRequest request)
{
    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var registry = RegistryAccess.Connect(await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop, needsTopic: false));
        var before = await ReadAsync(registry, stop);
        if (request.Level is not { } level)
        {
            Print(before, $"{Target} has level {before.Name}{Source(before)}.");
            return ExitCode.Ok;
        }

        if (before == new LevelInForce(level, request.Subject is not null))
        {
            Print(before, $"{Target} has level {before.Name} already; nothing was changed.");
            return ExitCode.Ok;
        }

        var after = new LevelInForce(await registry.UpdateCompatibilityAsync(level, request.Subject, stop), request.Subject is not null);
        Print(after, $"{Target} now has level {after.Name}; it had {before.Name}{Source(before)}.");
        return ExitCode.Ok;
    }

    private string Target => request.Subject is { } subject ? $"Subject {subject}" : "The project";

    private async Task<LevelInForce> ReadAsync(RegistryApi registry, CancellationToken stop)
    {
        if (request.Subject is not { } subject)
        {
            return new LevelInForce(await registry.GetCompatibilityAsync(null, stop), false);
        }

        var level = await LevelInForce.ReadAsync(registry, subject, stop);
        if (!level.IsOfSubject)
        {
            await EnsureExistsAsync(registry, subject, stop);
        }

        return level;
    }

    // The server gives the same answer for a subject without a level as for one that does not exist.
    private static async Task EnsureExistsAsync(RegistryApi registry, string subject, CancellationToken stop)
    {
        try
        {
            _ = await registry.GetLatestSchemaAsync(subject, stop);
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.SubjectNotFound && LevelCommand.IsLevel(subject))
        {
            throw new HopsKafkaException(
                $"There is no subject {subject}: a single argument is a subject, not a level (error {e.ErrorCode}).",
                $"Write hops-kafka schemas level SUBJECT {subject.ToUpperInvariant()}, or for the project hops-kafka schemas level --default {subject.ToUpperInvariant()}.",
                innerException: e);
        }
    }

    private string Source(LevelInForce level) => request.Subject is not null && !level.IsOfSubject ? ", the project's default" : "";

    private void Print(LevelInForce level, string sentence)
    {
        if (request.Json)
        {
            DataOutput.Json(new JsonObject
            {
                ["subject"] = request.Subject, ["level"] = level.Name, ["level_of"] = level.IsOfSubject ? "subject" : "project",
            });
        }
        else
        {
            DataOutput.Line(sentence);
        }
    }
}
