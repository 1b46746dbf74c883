using System.Text.Json.Nodes;
using HopsKafka.Sandbox.FeatureStore;
using Microsoft.AspNetCore.Http;

namespace HopsKafka.Sandbox.Rest.Calls;

/// <summary>The jobs of feature groups and their executions; the sandbox has no other jobs.</summary>
internal static class JobCalls
{
    public static Task<Response> Find(RequestContext call)
    {
        var job = Group(call).Job;
        return Task.FromResult(Response.Json(new JsonObject
        {
            ["id"] = job.Id,
            ["name"] = job.Name,
            ["creationTime"] = Time(job.Created),
            ["jobType"] = "SPARK",
            ["creator"] = new JsonObject { ["username"] = job.Creator.Username, ["email"] = job.Creator.Email },
            ["config"] = new JsonObject { ["type"] = "sparkJobConfiguration", ["appName"] = job.Name, ["defaultArgs"] = job.DefaultArguments },
        }));
    }

    /// <summary>The newest first, whatever order is asked for: clients know no other.</summary>
    public static Task<Response> Executions(RequestContext call)
    {
        var executions = Group(call).Job.Executions;
        var items = executions.Skip(call.QueryNumber("offset") ?? 0).Take(call.QueryNumber("limit") ?? int.MaxValue).Select(Show).ToArray();
        return Task.FromResult(Response.Json(new JsonObject
        {
            ["count"] = executions.Count,
            ["items"] = items.Length == 0 ? null : new JsonArray([.. items]),
        }));
    }

    public static async Task<Response> StartAsync(RequestContext call)
    {
        var group = Group(call);
        using var reader = new StreamReader(call.Request.Body);
        var arguments = await reader.ReadToEndAsync(call.Cancelled);
        var execution = call.FeatureStore.StartJob(group, arguments.Length > 0 ? arguments : group.Job.DefaultArguments);
        // As on Hopsworks, also when the run has got further by now.
        return Response.Json(Show(execution, ExecutionState.Initializing), StatusCodes.Status201Created);
    }

    public static Task<Response> Execution(RequestContext call) => Task.FromResult(Response.Json(Show(
        Group(call).Job.Executions.FirstOrDefault(execution => execution.Id == call.Number("execution")) ?? throw FeatureStoreErrors.NoExecution)));

    private static StoredFeatureGroup Group(RequestContext call) =>
        call.State.FeatureGroups.Of(call.Project.Id).FirstOrDefault(group => group.Job.Name == call.Path["job"]) ?? throw FeatureStoreErrors.NoJob;

    private static JsonObject Show(JobExecution execution) => Show(execution, execution.State);

    private static JsonObject Show(JobExecution execution, ExecutionState state) => new()
    {
        ["id"] = execution.Id,
        ["submissionTime"] = Time(execution.Submitted),
        ["state"] = $"{state}".ToUpperInvariant(),
        ["finalStatus"] = state switch { ExecutionState.Finished => "SUCCEEDED", ExecutionState.Failed => "FAILED", _ => "UNDEFINED" },
        ["args"] = execution.Arguments,
    };

    private static string Time(DateTimeOffset time) => $"{time:yyyy-MM-ddTHH:mm:ss.fffZ}";
}
