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
    public async Task A_port_in_use_is_named_with_the_option_that_changes_it()
    {
        await using var rest = await RestTestServer.StartAsync();
        var port = rest.Server.BaseAddress.Port;

        var failure = await Assert.ThrowsAsync<HopsKafkaException>(() => HopsworksServer.StartAsync(
            rest.State, rest.Kafka, RestTestServer.ServerCertificate, port, ServerQuirks.Of(new Version(2, 5))));

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
        await using var rest = await RestTestServer.StartAsync();
        var endpoints = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(endpoint => endpoint.Port == rest.Server.BaseAddress.Port).ToArray();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.True(IPAddress.IsLoopback(endpoint.Address)));
    }

    [Fact]
    public async Task Starts_in_less_than_a_second_once_the_code_is_loaded()
    {
        await using var first = await RestTestServer.StartAsync();
        var watch = Stopwatch.StartNew();

        await using var second = await RestTestServer.StartAsync();

        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
    }

    [Fact]
    public async Task Reports_each_request_without_the_key()
    {
        await using var rest = await RestTestServer.StartAsync();

        await rest.GetAsync("config?deleted=false");
        await rest.SendAsync("GET", rest.Registry + "nowhere");

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        HandledRequest[] requests = [rest.Requests.Take(timeout.Token), rest.Requests.Take(timeout.Token)];
        Assert.Equal(
            ["GET /hopsworks-api/api/project/119/kafka/config?deleted=false 200", "GET /hopsworks-api/api/project/119/kafka/nowhere 404"],
            requests.Select(request => $"{request.Method} {request.Path} {request.Status}"));
        Assert.DoesNotContain(requests, r => r.ToString().Contains(rest.Key.Secret.Reveal(), StringComparison.Ordinal));
        Assert.DoesNotContain(rest.Key.Secret.Reveal(), rest.Key.ToString(), StringComparison.Ordinal);
    }
}
