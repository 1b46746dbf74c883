using HopsKafka.Configuration;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;
using HopsKafka.Tests.Sandbox.Rest;

namespace HopsKafka.Tests.Emulator;

/// <summary>One running server for each release whose behaviour differs, all for the same state; TLS is checked as users do it.</summary>
public sealed class EmulatedReleases : IAsyncLifetime
{
    private static readonly string[] s_releases = ["2.2", "2.5", "3.3", "3.4", "4.0", Newest];

    /// <summary>The newest one.</summary>
    public const string Newest = "5.2";

    /// <summary>Every release of <c>--compat</c>.</summary>
    public static TheoryData<string> Names { get; } = [.. s_releases];

    private readonly TempDir _folder = new();
    private readonly SandboxCertificates _certificates = SandboxCertificates.Create("demo__meb10000");
    private readonly RecordingKafka _kafka = new();
    private readonly Dictionary<string, HopsworksServer> _servers = [];
    private int _projects;

    internal HopsworksState State { get; } = new();

    /// <summary>Trusts the sandbox's root CA and no other.</summary>
    internal ServerTrust Trust { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Trust = ServerTrust.File(_folder.Write("ca.pem", _certificates.CaPem));
        foreach (var release in s_releases)
        {
            _servers[release] = await HopsworksServer.StartAsync(
                State, _kafka, _certificates.ServerContext, 0, ServerQuirks.Of(Version.Parse(release)));
        }
    }

    /// <summary>A new project with one data owner, seen through a server of this release.</summary>
    public EmulatedProject NewProject(string release) => new(this, _servers[release], $"project{++_projects}");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }

        _certificates.Dispose();
        _folder.Dispose();
    }
}
