using System.Globalization;
using System.Net;
using HopsKafka.Common;
using HopsKafka.Sandbox.Certificates;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox;

/// <summary>Creates the parts of a sandbox from its options.</summary>
internal static class SandboxComponents
{
    public static IEnumerable<int> FixedPorts(SandboxOptions options) =>
        new[] { (First: options.Port, Count: 1), (First: options.KafkaPort, Count: options.Brokers) }
            .Where(range => range.First > 0)
            .SelectMany(range => Enumerable.Range(range.First, range.Count))
            .Where(port => port <= IPEndPoint.MaxPort);

    public static async Task<IEmbeddedKafka> StartKafkaAsync(
        SandboxOptions options, SandboxFolder folder, SandboxCertificates certificates, CancellationToken cancellationToken) =>
        options.KafkaHome is null
            ? MockKafka.Start(certificates, options.Brokers, options.KafkaPort, options.Notice)
            : await RealKafka.StartAsync(
                new RealKafkaOptions(
                    options.KafkaHome, folder.KafkaFolder, certificates, options.Brokers, options.KafkaPort, options.Notice)
                {
                    ProxiedListeners = options.ProxiedListeners,
                },
                cancellationToken);

    public static int ReplicationFactor(int brokers) => Math.Min(brokers, 3);

    public static Action<HandledRequest>? CreateRequestLog(SandboxOptions options) => options.Requests is { } log
        ? request => log(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Method} {request.Path} {request.Status}{(request.Failure is null ? "" : $" {request.Failure}")}"))
        : null;

    public static (HopsworksState State, ApiKey Key) CreateState(
        SandboxCertificates certificates, SandboxSchema schema, SandboxOptions options, int brokers)
    {
        var state = new HopsworksState();
        var user = new HopsworksUser(HopsworksSandbox.UserName, "student@example.org");
        var project = state.AddProject(HopsworksSandbox.ProjectName, HopsworksSandbox.ProjectId);
        project.SetMember(user, ProjectRole.DataOwner, new ProjectCredentials(
            certificates.KeyStoreJks(),
            certificates.TrustStoreJks(),
            certificates.Password,
            certificates.CaPem,
            certificates.ClientCertificatePem,
            new Secret(certificates.ClientKeyPem)));
        state.Schemas.Register(HopsworksSandbox.ProjectId, schema.FullName, schema.Text);
        state.Topics.TryAdd(new HopsworksTopic(HopsworksSandbox.Topic, options.Partitions, ReplicationFactor(brokers), HopsworksSandbox.ProjectId, schema.FullName, 1));
        return (state, state.ApiKeys.Create(user, ApiScope.Kafka, ApiScope.Project, ApiScope.FeatureStore, ApiScope.Job));
    }
}
