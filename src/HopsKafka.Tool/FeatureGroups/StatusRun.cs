using System.Globalization;
using System.Text.Json.Nodes;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Tool.FeatureGroups;

/// <summary>One run of <c>hops-kafka feature-groups status</c>.</summary>
internal sealed class StatusRun(string configFile, FeatureGroupName name, bool json)
{
    private const int Most = 5;

    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = await CommandContext.Current.LoadConfigAsync(configFile, stop, needsTopic: false);
        using var client = RegistryAccess.ConnectFeatureStore(config);
        var store = await FeatureGroupLocator.FindStoreAsync(client, config, stop);
        var group = (await name.FindAsync(client, store, stop))[0];
        var ingestions = group.IsOnlineEnabled ? (await client.GetIngestionsAsync(store.Id, group.Id, stop))?.Take(Most).ToList() : null;

        // The jobs of another project are not visible.
        var job = group.Kind == FeatureGroupKind.Stream && store.ProjectId == client.ProjectId ? await OfflineJob.FindAsync(client, group, stop) : null;
        var runs = job is null ? null : await client.GetRunsAsync(job.Name, Most, stop);
        if (json)
        {
            DataOutput.Json(new JsonObject
            {
                ["name"] = group.Name,
                ["version"] = group.Version,
                ["ingestions"] = ingestions is null ? null : new JsonArray([.. ingestions.Select(Json)]),
                ["job"] = job?.Name,
                ["runs"] = runs is null ? null : new JsonArray([.. runs.Select(Json)]),
            });
            return ExitCode.Ok;
        }

        ShowIngestions(group, ingestions);
        DataOutput.Line("");
        ShowRuns(group, job?.Name, runs);
        return ExitCode.Ok;
    }

    /// <summary>How a run ended, or where it is.</summary>
    public static string Outcome(JobRun run) => run.HasEnded && run.FinalStatus is { Length: > 0 } status ? status : run.State;

    /// <summary>A run as JSON.</summary>
    public static JsonObject Json(JobRun run) => new()
    {
        ["run"] = run.Id, ["submitted"] = run.Submitted is { } time ? Time(time) : null, ["state"] = run.State, ["final_status"] = run.FinalStatus,
    };

    private void ShowIngestions(FeatureGroupInfo group, IReadOnlyList<IngestionProgress>? ingestions)
    {
        if (ingestions is not { Count: > 0 })
        {
            DataOutput.Line(!group.IsOnlineEnabled ? $"Feature group {name} has no online store."
                : ingestions is null ? "Hopsworks keeps the inserts into the online store from release 4.2 on; this server is older."
                : $"No insert into the online store of {name} is known.");
            return;
        }

        DataOutput.Table(
            ["ingestion", "rows", "processed", "result"],
            ingestions.Select(ingestion => (IReadOnlyList<string>)
            [
                Number(ingestion.Id),
                ingestion.Expected is { } expected ? Number(expected) : "-",
                Number(ingestion.Processed),
                ingestion.Rows.Count == 0 ? "-" : string.Join(", ", Results(ingestion).Select(row => $"{Number(row.Value)} {row.Key}")),
            ]));
    }

    private void ShowRuns(FeatureGroupInfo group, string? job, IReadOnlyList<JobRun>? runs)
    {
        if (runs is not { Count: > 0 })
        {
            DataOutput.Line(job is not null ? $"Job {job} has not run yet."
                : group.Kind != FeatureGroupKind.Stream ? $"Feature group {name} has no job: it is not a stream."
                : $"The job of feature group {name} is visible only in the project that owns it.");
            return;
        }

        DataOutput.Line($"Job {job}:");
        DataOutput.Table(
            ["run", "submitted", "state"],
            runs.Select(run => (IReadOnlyList<string>)[Number(run.Id), run.Submitted is { } time ? Time(time) : "-", Outcome(run)]));
    }

    private static IOrderedEnumerable<KeyValuePair<string, long>> Results(IngestionProgress ingestion) => ingestion.Rows.OrderBy(row => row.Key, StringComparer.Ordinal);

    private static JsonObject Json(IngestionProgress ingestion) => new()
    {
        ["ingestion"] = ingestion.Id,
        ["rows"] = ingestion.Expected,
        ["processed"] = ingestion.Processed,
        ["results"] = new JsonObject(Results(ingestion).Select(row => KeyValuePair.Create(row.Key, (JsonNode?)row.Value))),
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
