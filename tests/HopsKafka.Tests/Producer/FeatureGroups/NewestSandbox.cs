using HopsKafka.TestKit;

[assembly: AssemblyFixture(typeof(HopsKafka.Tests.Producer.FeatureGroups.NewestSandbox))]

namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary>One sandbox of the newest release, for all classes whose feature groups keep them apart.</summary>
public sealed class NewestSandbox : IAsyncLifetime
{
    private readonly Lazy<Task<SandboxUser>> _user = new(() => SandboxUser.StartAsync(options => options with { Compatibility = new(5, 2) }));
    private int _groups;

    public SandboxUser User => _user.Value.Result;

    /// <summary>A name that no other feature group has.</summary>
    public string NewName() => $"rows_{Interlocked.Increment(ref _groups)}";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_user.IsValueCreated)
        {
            await (await _user.Value).DisposeAsync();
        }
    }
}
