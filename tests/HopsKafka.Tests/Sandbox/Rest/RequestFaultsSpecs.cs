using System.Diagnostics;

namespace HopsKafka.Tests.Sandbox.Rest;

public sealed class RequestFaultsSpecs
{
    [Fact]
    public async Task Fails_as_many_requests_as_told()
    {
        await using var bench = await RestBench.StartAsync();
        bench.Server.Faults.FailNext(2, 503, "<html>busy</html>", "text/html");

        Reply[] replies = [await bench.GetAsync("config"), await bench.GetAsync("config"), await bench.GetAsync("config")];

        Assert.Equal([503, 503, 200], replies.Select(reply => reply.Status));
        Assert.Equal(("<html>busy</html>", "text/html"), (replies[0].Body, replies[0].ContentType));
    }

    [Fact]
    public async Task Delays_a_request()
    {
        await using var bench = await RestBench.StartAsync();
        bench.Server.Faults.DelayNext(1, TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();

        var reply = await bench.GetAsync("config");

        Assert.Equal(200, reply.Status);
        Assert.InRange(watch.ElapsedMilliseconds, 280, long.MaxValue);
    }

    [Fact]
    public async Task A_hanging_request_ends_with_the_server()
    {
        await using var bench = await RestBench.StartAsync();
        bench.Server.Faults.HangNext(1);
        var hanging = bench.GetAsync("config");
        Assert.True(SpinWait.SpinUntil(() => bench.Server.Faults.Pending == 0, TimeSpan.FromSeconds(20)));

        await bench.Server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Cuts_an_answer_in_the_middle()
    {
        await using var bench = await RestBench.StartAsync();
        bench.Server.Faults.CutNext(1);

        await Assert.ThrowsAsync<HttpRequestException>(() => bench.GetAsync("config"));
        var next = await bench.GetAsync("config");

        Assert.Equal(200, next.Status);
    }
}
