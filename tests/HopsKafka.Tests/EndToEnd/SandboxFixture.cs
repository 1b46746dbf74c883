using HopsKafka.TestKit;

namespace HopsKafka.Tests.EndToEnd;

/// <summary>One sandbox for all tests of a class; each takes a topic and a group of its own.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    public SandboxUser User { get; private set; } = null!;

    public async ValueTask InitializeAsync() => User = await SandboxUser.StartAsync();

    public ValueTask DisposeAsync() => User.DisposeAsync();
}
