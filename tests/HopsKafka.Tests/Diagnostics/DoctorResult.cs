using System.Text.Json;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Diagnostics;

/// <summary>What <c>hops-kafka doctor --json</c> said.</summary>
public sealed record DoctorResult(ToolResult Run, JsonElement Report)
{
    public IReadOnlyList<JsonElement> Faults => [.. Report.GetProperty("faults").EnumerateArray()];

    public double Seconds => Report.GetProperty("seconds").GetDouble();

    /// <summary>The only fault: its check, and its cause and remedy in one text.</summary>
    public (string Check, string Text) OnlyFault
    {
        get
        {
            Assert.True(Faults.Count == 1, $"not one fault: {Run}");
            var fault = Faults[0];
            return (fault.GetProperty("check").GetString()!, $"{fault.GetProperty("cause")} {fault.GetProperty("remedy")}");
        }
    }

    public static async Task<DoctorResult> OfAsync(
        SandboxUser user, IEnumerable<(string Key, string Value)> environment, params string[] arguments)
    {
        var variables = environment.ToDictionary(e => $"HOPSKAFKA_{e.Key}", e => e.Value);
        var run = await user.RunAsync("hops-kafka", variables, ["doctor", "--json", .. arguments]);
        using var json = JsonDocument.Parse(run.Output);
        return new DoctorResult(run, json.RootElement.Clone());
    }

    public string Status(string check) =>
        Report.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == check).GetProperty("status").GetString()!;
}
