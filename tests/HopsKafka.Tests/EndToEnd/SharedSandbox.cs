using HopsKafka.TestKit;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: AssemblyFixture(typeof(HopsKafka.Tests.EndToEnd.SharedSandbox))]

namespace HopsKafka.Tests.EndToEnd;

/// <summary>
/// One sandbox for all classes whose topics keep them apart. A class that sets faults, or changes what the registry says of the tutorial's schema, has one of its
/// own (<see cref="SandboxFixture"/>).
/// </summary>
public sealed class SharedSandbox : IAsyncLifetime
{
    private readonly Lazy<Task<SandboxUser>> _user = new(() => SandboxUser.StartAsync());

    public SandboxUser User => _user.Value.Result;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_user.IsValueCreated)
        {
            await (await _user.Value).DisposeAsync();
        }
    }
}
