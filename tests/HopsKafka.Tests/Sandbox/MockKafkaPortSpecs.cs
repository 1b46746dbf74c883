using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;

namespace HopsKafka.Tests.Sandbox;

public sealed class MockKafkaPortSpecs
{
    private static readonly SandboxCertificates s_certificates = SandboxCertificates.Create("demo__meb10000");

    [Fact]
    public async Task A_port_in_use_is_named_with_its_option()
    {
        await using var kafka = MockKafka.Start(s_certificates);
        var port = int.Parse(kafka.Brokers[0].Split(':')[1], null);

        var refused = Assert.Throws<HopsKafkaException>(() => MockKafka.Start(s_certificates, firstPort: port));

        Assert.StartsWith($"Port {port} on 127.0.0.1, from --kafka-port, cannot be used for Kafka", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }

    [Fact]
    public void Ports_beyond_the_last_one_are_refused()
    {
        var refused = Assert.Throws<HopsKafkaException>(() => MockKafka.Start(s_certificates, brokers: 2, firstPort: 65535));

        Assert.StartsWith("Port 65536", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_first_port_the_brokers_take_that_and_the_next()
    {
        var port = FreePair();

        await using var kafka = MockKafka.Start(s_certificates, brokers: 2, firstPort: port);

        Assert.Equal([$"localhost:{port}", $"localhost:{port + 1}"], kafka.Brokers);
    }

    [Fact]
    public async Task After_its_end_nothing_listens_any_more()
    {
        var kafka = MockKafka.Start(s_certificates);
        var port = int.Parse(kafka.Brokers[0].Split(':')[1], null);
        using var open = new TcpClient();
        await open.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);

        await kafka.DisposeAsync();
        await kafka.DisposeAsync();

        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken).AsTask());
    }

    [Theory]
    [InlineData(true, "it does not trust the certificate of this sandbox (TLS alert: ")]
    [InlineData(false, "it does not speak TLS, or disconnected during the handshake (")]
    public async Task A_client_that_does_not_end_the_handshake_is_reported_with_what_its_alert_says(bool isTls, string reason)
    {
        var stop = TestContext.Current.CancellationToken;
        var notice = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var kafka = MockKafka.Start(s_certificates, notice: text => notice.TrySetResult(text));
        if (isTls)
        {
            using var client = new AdminClientBuilder(new AdminClientConfig
            {
                BootstrapServers = kafka.Brokers[0],
                SecurityProtocol = SecurityProtocol.Ssl,
                SslCaPem = SandboxCertificates.Create("other").Root.ExportCertificatePem(),
            }).SetLogHandler((_, _) => { }).Build();
            Assert.Throws<KafkaException>(() => client.GetMetadata(TimeSpan.FromSeconds(3)));
        }
        else
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, int.Parse(kafka.Brokers[0].Split(':')[1], null), stop);
            await client.GetStream().WriteAsync(new byte[64], stop);
        }

        Assert.Contains(reason, await notice.Task.WaitAsync(TimeSpan.FromSeconds(30), stop), StringComparison.Ordinal);
    }

    // A port that is free, and the next one as well.
    private static int FreePair()
    {
        while (true)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            using var next = new TcpListener(IPAddress.Loopback, port + 1);
            try
            {
                next.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                continue; // with another port
            }
        }
    }
}
