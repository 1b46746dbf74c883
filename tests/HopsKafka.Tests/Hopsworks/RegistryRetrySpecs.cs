using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Hopsworks;

public sealed class RegistryRetrySpecs
{
    private static readonly ScriptedResponse s_subjects = ScriptedResponse.Plain(200, "[sensor]");

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again_and_logged_once(int status)
    {
        var notices = new List<string>();
        var failure = ScriptedResponse.Plain(status, "later");
        await using var server = new ScriptedServer(failure, failure, s_subjects);
        using var client = new RegistryApi(RegistryTestClient.Options(server) with { Logger = new NoticeLogger(notices.Add) });

        var subjects = await client.GetAllSubjectsAsync();

        Assert.Equal(["sensor"], subjects);
        Assert.Equal(3, server.Requests.Count);
        var notice = Assert.Single(notices);
        Assert.StartsWith("Listing the subjects failed at ", notice, StringComparison.Ordinal);
        Assert.EndsWith("Retrying.", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_a_server_that_stays_down_is_sent_three_times()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Html(503));
        using var client = RegistryTestClient.For(server);

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.LookupSchemaAsync("sensor", "1"));

        Assert.Equal(3, server.Requests.Count);
        Assert.True(e.IsTransient);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, e.Status);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(415)]
    [InlineData(422)]
    [InlineData(501)]
    public async Task A_refusal_is_final(int status)
    {
        var notices = new List<string>();
        await using var server = new ScriptedServer(ScriptedResponse.Plain(status, "no"));
        using var client = new RegistryApi(RegistryTestClient.Options(server) with { Logger = new NoticeLogger(notices.Add) });

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.False(e.IsTransient);
        Assert.Single(server.Requests);
        Assert.Empty(notices);
    }

    [Fact]
    public async Task An_error_that_hopsworks_fails_to_render_is_final_though_it_is_a_500()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(500, """{"errorCode":120004,"errorMsg":"Web application exception"}"""));
        using var client = RegistryTestClient.For(server);

        await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_request_whose_response_is_cut_short_is_sent_again()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Cut, s_subjects);
        using var client = RegistryTestClient.For(server);

        var subjects = await client.GetAllSubjectsAsync();

        Assert.Equal(["sensor"], subjects);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Connections_that_are_always_lost_end_in_a_sentence()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Cut);
        using var client = RegistryTestClient.For(server);

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.Contains($"the connection to 127.0.0.1:{server.Port} was lost before the whole answer came", e.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
        Assert.False(e.HasAnswer);
        Assert.True(e.IsTransient);
    }

    [Fact]
    public async Task A_request_that_is_never_answered_fails_after_the_time_limit()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Never);
        using var client = new RegistryApi(
            RegistryTestClient.Options(server) with { RequestTimeout = TimeSpan.FromSeconds(0.2), MaxAttempts = 2 });
        var watch = Stopwatch.StartNew();

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.Contains($"no answer from 127.0.0.1:{server.Port} within 0.2 s", e.Message, StringComparison.Ordinal);
        Assert.True(e.IsTransient);
        Assert.Equal(2, server.Requests.Count);
        Assert.InRange(watch.ElapsedMilliseconds, 390, 20_000);
    }

    [Fact]
    public async Task The_caller_can_cancel_at_any_time()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Never);
        using var client = RegistryTestClient.For(server);
        using var giveUp = new CancellationTokenSource();

        var call = client.GetAllSubjectsAsync(giveUp.Token);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_port_without_a_listener_is_reported_with_the_address()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = $"127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        using var client = new RegistryApi(
            new HopsworksClientOptions(new Uri($"https://{address}/x"), ServerTrust.System, () => new Secret("a.b")) { MaxAttempts = 1 });

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.Contains($"nothing listens at {address} (connection refused)", e.Message, StringComparison.Ordinal);
        Assert.Contains("[hops] url and port", e.Remedy, StringComparison.Ordinal);
        Assert.True(e.IsTransient);
    }

    [Fact]
    public async Task An_unknown_host_is_reported()
    {
        using var client = new RegistryApi(new HopsworksClientOptions(
            new Uri("https://no-such-host.invalid/x"), ServerTrust.System, () => new Secret("a.b")) { MaxAttempts = 1 });

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.Contains("the host no-such-host.invalid cannot be resolved", e.Message, StringComparison.Ordinal);
        Assert.Contains("[hops] url", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_after_is_waited_for_up_to_the_longest_wait()
    {
        var busy = ScriptedResponse.Of(429, "text/plain", "busy", "Retry-After: 3600");
        await using var server = new ScriptedServer(busy, s_subjects);
        using var client = new RegistryApi(
            RegistryTestClient.Options(server) with { RetryMaxWait = TimeSpan.FromMilliseconds(300) });
        var watch = Stopwatch.StartNew();

        await client.GetAllSubjectsAsync();

        Assert.InRange(watch.ElapsedMilliseconds, 290, 30_000);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(0, 0.5, 0, 0.5)]
    [InlineData(1, 0.5, 0, 1)]
    [InlineData(2, 1, 0, 4)]
    [InlineData(10, 1, 0, 20)]
    [InlineData(0, 0, 5, 5)]
    [InlineData(0, 1, 0.5, 1)]
    [InlineData(0, 0, 3600, 20)]
    public void The_wait_grows_at_random_and_is_bounded(int retry, double random, double asked, double expected)
    {
        var options = new HopsworksClientOptions(new Uri("https://h/"), ServerTrust.System, () => new Secret("a.b"));
        var failure = new HopsworksException("m", null, 0, null, true) { RetryAfter = TimeSpan.FromSeconds(asked) };

        var wait = RestClient.Delay(options, retry, failure, random);

        Assert.Equal(TimeSpan.FromSeconds(expected), wait);
    }

    [Fact]
    public async Task A_key_that_was_renewed_meanwhile_is_used_after_a_401()
    {
        var keys = new Queue<string>(["old.key", "new.key"]);
        await using var server = new ScriptedServer(ScriptedResponse.Plain(401, "gone"), s_subjects);
        using var client = new RegistryApi(
            RegistryTestClient.Options(server) with { Key = () => new Secret(keys.Count > 1 ? keys.Dequeue() : keys.Peek()) });

        var subjects = await client.GetAllSubjectsAsync();

        Assert.Equal(["sensor"], subjects);
        Assert.Equal(["ApiKey old.key", "ApiKey new.key"], server.Requests.Select(r => r.Headers["Authorization"]));
    }
}
