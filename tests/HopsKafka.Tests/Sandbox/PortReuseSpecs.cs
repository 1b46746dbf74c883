using System.Net;
using System.Net.Sockets;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox;

/// <summary>A sandbox that starts again on the ports of the one before.</summary>
public sealed class PortReuseSpecs : IDisposable
{
    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Trait("Category", "Slow")]
    [Fact]
    public async Task Ports_of_a_sandbox_that_ended_with_open_connections_can_be_used_at_once()
    {
        await using var first = await StartAsync(0, 0);
        var (rest, kafka) = Ports(first);
        await UseAsync(first, rest, kafka);
        for (var i = 0; i < 3; i++)
        {
            await using var again = await StartAsync(rest, kafka);
            await UseAsync(again, rest, kafka);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_port_that_a_connection_of_another_program_had_as_its_own_is_waited_for(bool isRest)
    {
        // Outgoing connections get such ports from the system, and keep them for a minute after their end.
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(server.LocalEndpoint, TestContext.Current.CancellationToken);
        var port = ((IPEndPoint)client.LocalEndPoint!).Port;
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

        var starting = StartAsync(isRest ? port : 0, isRest ? 0 : port, text => received.TrySetResult(text));
        await Task.WhenAny(starting, received.Task);
        var wasWaiting = !starting.IsCompleted;
        client.Close(0);
        await using var sandbox = await starting;

        Assert.True(wasWaiting);
        Assert.Contains($"Port {port} ", await received.Task, StringComparison.Ordinal);
        Assert.Equal(port, isRest ? Ports(sandbox).Https : Ports(sandbox).Kafka);
    }

    private static (int Https, int Kafka) Ports(HopsworksSandbox sandbox) =>
        (sandbox.Server.BaseAddress.Port, int.Parse(sandbox.Kafka.Brokers[0].Split(':')[1], null));

    // Ends the sandbox while connections are open: its side closes first, and keeps them in TIME_WAIT.
    private static async Task UseAsync(HopsworksSandbox sandbox, params int[] ports)
    {
        var clients = new List<TcpClient>();
        foreach (var port in ports)
        {
            clients.Add(new TcpClient());
            await clients[^1].ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        }

        await sandbox.DisposeAsync();
        clients.ForEach(client => client.Dispose());
    }

    private Task<HopsworksSandbox> StartAsync(int port, int kafkaPort, Action<string>? notice = null) => HopsworksSandbox.StartAsync(
        new SandboxOptions { Folder = _dir.File("box"), Port = port, KafkaPort = kafkaPort, Notice = notice }, TestContext.Current.CancellationToken);
}
