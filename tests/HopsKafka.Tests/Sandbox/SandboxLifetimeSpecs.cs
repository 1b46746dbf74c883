using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using HopsKafka.Common;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox;

/// <summary>Alone in the process: what a sandbox leaves behind is counted for the whole process.</summary>
[CollectionDefinition(nameof(SandboxLifetimeSpecs), DisableParallelization = true)]
public sealed class SandboxLifetimeGroup;

[Collection(nameof(SandboxLifetimeSpecs))]
public sealed partial class SandboxLifetimeSpecs : IDisposable
{
    private const string TempVariable = "TMPDIR";

    private readonly string? _before = Environment.GetEnvironmentVariable(TempVariable);
    private readonly TempDir _temp = new();

    public SandboxLifetimeSpecs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test counts sockets in /proc.");
        Environment.SetEnvironmentVariable(TempVariable, _temp.Path);
    }

    [Fact]
    public async Task Many_sandboxes_leave_no_file_and_no_port_behind()
    {
        await CycleAsync();
        var (listening, open) = (ListeningPorts().Count, OpenSocketsAndPipes());

        for (var cycle = 0; cycle < 6; cycle++)
        {
            var ports = await CycleAsync();
            Assert.Empty(ports.Intersect(ListeningPorts()));
        }

        Assert.Equal(listening, ListeningPorts().Count);
        Assert.InRange(OpenSocketsAndPipes(), 0, open + 3);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
    }

    [Fact]
    public async Task A_start_that_fails_leaves_nothing_behind()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var before = ListeningPorts();

        await Assert.ThrowsAsync<HopsKafkaException>(
            () => HopsworksSandbox.StartAsync(new SandboxOptions { Port = ((IPEndPoint)taken.LocalEndpoint).Port }));

        Assert.Equal(before, ListeningPorts());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(TempVariable, _before);
        _temp.Dispose();
    }

    // With all that a test does: a client, a topic, a stop in the middle.
    private static async Task<IReadOnlySet<int>> CycleAsync()
    {
        var before = ListeningPorts();
        await using var sandbox = await HopsworksSandbox.StartAsync();
        await sandbox.CreateTopicAsync();
        await sandbox.Faults.StopRestApiAsync();
        await sandbox.Faults.StartRestApiAsync();
        var own = ListeningPorts().Except(before).ToHashSet();
        Assert.Contains(sandbox.RestAddress.Port, own);
        Assert.Contains(int.Parse(sandbox.BootstrapServers.Split(':')[1], CultureInfo.InvariantCulture), own);
        return own;
    }

    // Not the assemblies, which load when they are first needed.
    private static int OpenSocketsAndPipes() => Links().Count(link => !link.StartsWith('/'));

    private static IEnumerable<string> Links() => Directory.GetFiles("/proc/self/fd").Select(f => new FileInfo(f).LinkTarget).OfType<string>();

    // Of this process: /proc/net/tcp names the inode of each socket, /proc/self/fd holds those that are open.
    private static HashSet<int> ListeningPorts()
    {
        var own = Links().ToHashSet();
        return ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).Where(File.Exists).SelectMany(File.ReadLines).Skip(1)
            .Select(line => Listener().Match(line)).Where(m => m.Success && own.Contains($"socket:[{m.Groups["inode"].Value}]"))
            .Select(m => int.Parse(m.Groups["port"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToHashSet();
    }

    [GeneratedRegex(@"^ *\d+: [0-9A-F]+:(?<port>[0-9A-F]{4}) [0-9A-F]+:0000 0A (\S+ +){5}(?<inode>\d+) ")]
    private static partial Regex Listener();
}
