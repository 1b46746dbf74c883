using System.Diagnostics;

namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class RequestFaultsSpecs
{
    [Fact]
    public async Task Fails_as_many_requests_as_configured()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.Server.Faults.FailNext(2, 503, "<html>busy</html>", "text/html");

        Reply[] replies = [await rest.GetAsync("config"), await rest.GetAsync("config"), await rest.GetAsync("config")];

        Assert.Equal([503, 503, 200], replies.Select(reply => reply.Status));
        Assert.Equal(("<html>busy</html>", "text/html"), (replies[0].Body, replies[0].ContentType));
    }

    [Fact]
    public async Task Delays_a_request()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.Server.Faults.DelayNext(1, TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();

        var reply = await rest.GetAsync("config");

        Assert.Equal(200, reply.Status);
        Assert.InRange(watch.ElapsedMilliseconds, 280, long.MaxValue);
    }

    [Fact]
    public async Task A_hanging_request_ends_with_the_server()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.Server.Faults.HangNext(1);
        var hanging = rest.GetAsync("config");
        Assert.True(SpinWait.SpinUntil(() => rest.Server.Faults.Pending == 0, TimeSpan.FromSeconds(20)));

        await rest.Server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Cuts_a_response_in_the_middle()
    {
        await using var rest = await RestTestServer.StartAsync();
        rest.Server.Faults.CutNext(1);

        await Assert.ThrowsAsync<HttpRequestException>(() => rest.GetAsync("config"));
        var next = await rest.GetAsync("config");

        Assert.Equal(200, next.Status);
    }
}
