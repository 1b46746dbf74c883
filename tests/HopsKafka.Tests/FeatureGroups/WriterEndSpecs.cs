using System.Text;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.Sandbox;
using HopsKafka.Sandbox.FeatureStore;
using HopsKafka.Tests.Producer.FeatureGroups;

namespace HopsKafka.Tests.FeatureGroups;

/// <summary>What a writer does after its last row: the job, the wait, and what is no longer possible.</summary>
public sealed class WriterEndSpecs(NewestSandbox fixture) : IAsyncLifetime
{
    private static readonly SandboxFeature[] s_features = [new("id", "bigint", Primary: true), new("at", "timestamp")];

    private HopsworksConnection _hops = null!;
    private FeatureGroup _group = null!;

    private StoredFeatureGroup Stored => fixture.User.Sandbox.State.FeatureGroups.Find(_group.Id)!;

    public async ValueTask InitializeAsync()
    {
        var sandbox = fixture.User.Sandbox;
        var created = await sandbox.CreateFeatureGroupAsync(fixture.NewName(), 1, s_features, "at");
        _hops = await HopsworksConnection.OpenAsync(sandbox.ConfigFile);
        _group = await _hops.OpenFeatureGroupAsync(created.Name, 1);
    }

    public ValueTask DisposeAsync() => _hops.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_closed_writer_sends_nothing_and_starts_no_job(bool isFlushed)
    {
        var writer = await _group.OpenWriterAsync(cancellationToken: TestContext.Current.CancellationToken);
        await writer.WriteJsonAsync(Row(1));
        if (isFlushed)
        {
            await writer.FlushAsync();
        }

        await writer.DisposeAsync();
        await writer.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await writer.WriteJsonAsync(Row(2)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await writer.WriteAsync(new Dictionary<string, object?> { ["id"] = 3 }));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.FlushAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.CompleteAsync());
        Assert.Equal(isFlushed ? 1 : 0, Stored.Ingestions.Count);
        Assert.Empty(Stored.Job.Executions);
    }

    [Fact]
    public async Task The_job_is_started_once_for_the_rows_since_the_last_time()
    {
        await using var writer = await _group.OpenWriterAsync(cancellationToken: TestContext.Current.CancellationToken);

        await writer.WriteJsonAsync(Row(1));
        var first = await writer.CompleteAsync();
        var none = await writer.CompleteAsync();
        await writer.WriteJsonAsync(Row(2));
        var second = await writer.CompleteAsync();

        Assert.True(first < second, $"{first}, {second}");
        Assert.Null(none);
        Assert.Equal([true, false], Stored.Job.Executions.OrderBy(run => run.Id).Select(run => run.Arguments.Contains("-initialCheckPointString", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rows_for_the_offline_store_alone_cannot_be_waited_for()
    {
        await using var writer = await _group.OpenWriterAsync(new() { Storage = FeatureStorage.Offline }, TestContext.Current.CancellationToken);
        await writer.WriteJsonAsync(Row(1));
        await writer.CompleteAsync();

        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => writer.WaitForOnlineStoreAsync());

        Assert.EndsWith(" cannot be waited for: its rows go to the offline store only.", e.Message, StringComparison.Ordinal);
        Assert.Equal((2, "Leave out the call of WaitForOnlineStoreAsync."), (e.ExitCode, e.Remedy));
    }

    private static byte[] Row(int id) => Encoding.UTF8.GetBytes($$"""{"id":{{id}},"at":"2024-05-01T12:00:00Z"}""");
}
