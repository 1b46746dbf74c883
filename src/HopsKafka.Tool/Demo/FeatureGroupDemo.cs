using System.Net;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.Sandbox;
using HopsKafka.Tool.FeatureGroups;
using HopsKafka.Tool.Sandbox;

namespace HopsKafka.Tool.Demo;

/// <summary>
/// The way of rows into a feature group and out of it, with the real executables as processes: a file of rows is written to both stores, read from
/// the topic, and copied to the offline store; then a row is deleted from the online store.
/// </summary>
/// <param name="folder">Where the sandbox and the files go.</param>
/// <param name="kafkaHome">A real Kafka to run on; null for the embedded one.</param>
internal sealed class FeatureGroupDemo(string folder, string? kafkaHome) : IDisposable
{
    private const int Rows = 3;

    private static readonly FeatureGroupName s_group = ReadingsGroup.Name;
    private static readonly string s_name = s_group.ToString();
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private readonly DemoLog _log = new();
    private readonly CancellationTokenSource _timeout = new(s_timeout);

    /// <summary>Runs the demo.</summary>
    /// <returns>The exit code: failed if a store does not have what it should.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _timeout.Token);
        try
        {
            return await RunStepsAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new HopsKafkaException($"The demo did not end within {s_timeout.TotalSeconds} s.", "Is the machine very busy? Try again.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timeout.Dispose();

    private async Task<int> RunStepsAsync(CancellationToken stop)
    {
        ReportStep($"Starting an embedded Hopsworks {ReadingsGroup.Release} with the feature group {s_group.Name}: {ReadingsGroup.Features}.");
        await using var sandbox = await HopsworksSandbox.StartAsync(
            new SandboxOptions { Folder = folder, KafkaHome = kafkaHome, Compatibility = ReadingsGroup.Release, Notice = ConsoleLog.Report }, stop);
        await ReadingsGroup.CreateAsync(sandbox);
        var config = await CommandContext.Current.LoadConfigAsync(sandbox.ConfigFile, stop);
        using var stores = new RestClient(
            HopsworksClientOptions.From(config, null) with { BaseAddress = HopsworksClientOptions.HttpsAddress(config.Hops, "/sandbox") });

        ReportStep($"hops-kafka feature-groups -c {sandbox.ConfigFile} {s_name}");
        await new FeatureGroupsRun(sandbox.ConfigFile, s_group, json: false).RunAsync(stop);
        var rows = ReadingsGroup.WriteRows(folder, replaces: true);
        await RunToolAsync("avro-producer", stop, "-c", sandbox.ConfigFile, "--input", rows, "--feature-group", s_name, "--wait", "--quiet");
        var stored = await FindAsync(stores, stop);
        ReportStep($"The newest row of sensor1 in the online store: {stored ?? "none"}");
        await RunToolAsync("avro-consumer", stop, "-c", sandbox.ConfigFile, "--feature-group", s_name, "--exit-at-end", "-o", "csv", "--fields", "id,at,value,tags,_header.storage");

        var deleted = Write("delete.csv", "id\nsensor1\n");
        await RunToolAsync("avro-producer", stop, "-c", sandbox.ConfigFile, "--input", deleted, "--feature-group", s_name, "--delete", "--wait", "--quiet");
        var left = await FindAsync(stores, stop);
        ReportStep($"After its deletion the online store has of sensor1: {left ?? "none"}");

        ReportStep($"hops-kafka feature-groups -c {sandbox.ConfigFile} materialize {s_name} --wait");
        var code = await new MaterializeRun(sandbox.ConfigFile, s_group, waits: true, json: false).RunAsync(stop);
        ReportStep($"hops-kafka feature-groups -c {sandbox.ConfigFile} status {s_name}");
        await new StatusRun(sandbox.ConfigFile, s_group, json: false).RunAsync(stop);
        var offline = await stores.JsonAsync(
            stores.Call("counting the rows of the offline store", HttpMethod.Get, "offline/readings/1"), json => json.GetProperty("count").GetInt32(), stop);
        var isSound = code == ExitCode.Ok && stored is not null && left is null && offline == Rows;
        DataOutput.Line(isSound
            ? $"The row was written to the online store and deleted from it; the offline store has all {Rows} rows."
            : $"The offline store has {offline} of {Rows} rows; see above what is wrong.");
        ReportStep("Done.");
        return isSound ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<string?> FindAsync(RestClient stores, CancellationToken stop)
    {
        try
        {
            return await stores.JsonAsync(stores.Call("looking up the row", HttpMethod.Get, "online/readings/1/sensor1"), json => json.GetRawText(), stop);
        }
        catch (HopsworksException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task RunToolAsync(string name, CancellationToken stop, params string[] arguments)
    {
        ReportStep($"{name} {string.Join(' ', arguments)}");
        await using var tool = ToolProcess.Start(name, arguments);
        if (await tool.WaitForExitAsync(stop) != ExitCode.Ok)
        {
            throw new HopsKafkaException($"A step of the demo failed: {string.Join(" ", tool.Log)}");
        }

        foreach (var line in tool.Output.Concat(tool.Log.Where(line => line.StartsWith("Rows in ", StringComparison.Ordinal))))
        {
            DemoLog.Line(line);
        }
    }

    private void ReportStep(string text) => _log.Step(text);
}
