using System.Diagnostics;
using System.Text;
using System.Text.Json;
using HopsKafka.TestKit;
using HopsKafka.Tests.Packages;

namespace HopsKafka.Tests.EndToEnd;

/// <summary>A word of help costs no more than what prints it: the runtime's own trace names every assembly that is loaded.</summary>
public sealed class StartUpSpecs : IDisposable
{
    private static readonly string[] s_heavy = ["Confluent.Kafka", "SkiaSharp", "ScottPlot", "BouncyCastle.Cryptography"];

    private readonly TempDir _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("avro-producer", "--help", 0)]
    [InlineData("avro-producer", "--version", 0)]
    [InlineData("avro-producer", "--nonsense", 2)]
    [InlineData("avro-consumer", "--help", 0)]
    [InlineData("avro-consumer", "--version", 0)]
    [InlineData("avro-consumer", "--nonsense", 2)]
    [InlineData("hops-kafka", "--help", 0)]
    public async Task Help_version_and_usage_errors_load_neither_Kafka_nor_Skia_nor_BouncyCastle(string tool, string option, int exitCode)
    {
        var trace = await TraceAsync(tool, exitCode, option);

        Assert.True(Loads(trace, "HopsKafka.Cli"));
        Assert.All(s_heavy, name => Assert.False(Loads(trace, name), name));
    }

    [Fact]
    public async Task A_picture_loads_what_draws_it() =>
        Assert.True(Loads(await TraceAsync("avro-producer", 0, "--dry-run", "-e", "2", "-d", "0", "--plot", "a.png"), "SkiaSharp"));

    [Theory]
    [InlineData("avro-producer")]
    [InlineData("avro-consumer")]
    [InlineData("hops-kafka")]
    public void The_young_generation_does_not_grow_with_the_cache_of_the_processor(string tool)
    {
        using var settings = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Path, "src/HopsKafka.Tool/bin", Repository.Configuration, "net10.0", $"{tool}.runtimeconfig.json")));

        var limit = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty("System.GC.Gen0MaxBudget");

        Assert.Equal(4 * 1024 * 1024, limit.GetInt32());
    }

    private static bool Loads(byte[] trace, string assembly) => trace.AsSpan().IndexOf(Encoding.Unicode.GetBytes(assembly)) >= 0;

    private async Task<byte[]> TraceAsync(string tool, int exitCode, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(ToolFolder.PathOf($"{tool}.dll")), "A native executable loads no assemblies: only a run on those of dotnet build can look.");
        var trace = _folder.File("trace");
        var start = new ProcessStartInfo(ToolFolder.PathOf(tool), arguments)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableEventPipe"] = "1";
        start.Environment["DOTNET_EventPipeOutputPath"] = trace;
        start.Environment["DOTNET_EventPipeConfig"] = "Microsoft-Windows-DotNETRuntime:0x8:4"; // the loader's events
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == exitCode, $"exit {process.ExitCode}: {await error}");
        return await File.ReadAllBytesAsync(trace);
    }
}
