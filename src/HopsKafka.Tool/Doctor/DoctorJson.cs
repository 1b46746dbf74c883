using System.Text.Json.Nodes;
using HopsKafka.Diagnostics;
using HopsKafka.Tool.Groups;

namespace HopsKafka.Tool.Doctor;

/// <summary>The report as JSON: <c>healthy</c>, <c>seconds</c>, <c>checks</c>, <c>faults</c> (names of checks), <c>group</c>.</summary>
internal static class DoctorJson
{
    public static JsonObject Of(DoctorReport report) => new()
    {
        ["healthy"] = report.IsHealthy,
        ["seconds"] = Math.Round(report.Duration.TotalSeconds, 3),
        ["checks"] = new JsonArray([.. report.Checks.Select(c => new JsonObject
        {
            ["name"] = c.Name,
            ["status"] = $"{c.Status}".ToLowerInvariant(),
            ["detail"] = c.Detail,
            ["cause"] = c.Cause,
            ["remedy"] = c.Remedy,
            ["seconds"] = Math.Round(c.Duration.TotalSeconds, 3),
        })]),
        ["faults"] = new JsonArray([.. report.Faults.Select(f => new JsonObject { ["check"] = f.Name, ["cause"] = f.Cause, ["remedy"] = f.Remedy })]),
        ["group"] = report.Group is null ? null : GroupJson.Of(report.Group),
    };
}
