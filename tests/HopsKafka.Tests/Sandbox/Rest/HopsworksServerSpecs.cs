using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HopsKafka.Common;
using HopsKafka.Sandbox;
using HopsKafka.Sandbox.Rest;

namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class HopsworksServerSpecs
{
    [Fact]
    public async Task A_port_in_use_is_named_with_the_option_that_mends_it()
    {
        await using var bench = await RestBench.StartAsync();
        var port = bench.Server.BaseAddress.Port;

        var failure = await Assert.ThrowsAsync<HopsKafkaException>(() => HopsworksServer.StartAsync(
            bench.State, bench.Kafka, RestBench.ServerCertificate, port, ServerQuirks.Of(new Version(2, 5))));

        Assert.Equal($"The sandbox cannot serve HTTPS on port {port}: another process listens there.", failure.Message);
        Assert.Contains("--port", failure.Remedy, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, failure.ExitCode);
    }

    [Fact]
    public void A_privileged_port_is_explained()
    {
        var denied = new IOException("failed", new AggregateException(new SocketException((int)SocketError.AccessDenied)));

        var failure = LoopbackPort.Unusable(443, denied);

        Assert.Contains("port 443: ports below 1024 need a privilege", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listens_on_loopback_only()
    {
        await using var bench = await RestBench.StartAsync();
        var endpoints = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(endpoint => endpoint.Port == bench.Server.BaseAddress.Port).ToArray();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.True(IPAddress.IsLoopback(endpoint.Address)));
    }

    [Fact]
    public async Task Starts_in_less_than_a_second_once_the_code_is_loaded()
    {
        await using var first = await RestBench.StartAsync();
        var watch = Stopwatch.StartNew();

        await using var second = await RestBench.StartAsync();

        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
    }

    [Fact]
    public async Task Tells_each_request_without_the_key()
    {
        await using var bench = await RestBench.StartAsync();

        await bench.GetAsync("config?deleted=false");
        await bench.SendAsync("GET", bench.Registry + "nowhere");

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        HandledRequest[] requests = [bench.Requests.Take(patience.Token), bench.Requests.Take(patience.Token)];
        Assert.Equal(
            ["GET /hopsworks-api/api/project/119/kafka/config?deleted=false 200", "GET /hopsworks-api/api/project/119/kafka/nowhere 404"],
            requests.Select(request => $"{request.Method} {request.Path} {request.Status}"));
        Assert.DoesNotContain(requests, r => r.ToString().Contains(bench.Key.Secret.Reveal(), StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Key.Secret.Reveal(), bench.Key.ToString(), StringComparison.Ordinal);
    }
}
