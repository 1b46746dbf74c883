using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Configuration;
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
        SandboxOptions options, SandboxFolder folder, SandboxCertificates certificates, CancellationToken cancellationToken)
    {
        var security = Security(options.Sasl, certificates.ClientName);
        if (security.UsesSasl && options.KafkaHome is null)
        {
            throw new HopsKafkaException(
                "The embedded Kafka has no SASL.", $"Name the folder of an Apache Kafka ({KafkaInstallation.Option}), or leave SASL out.", ExitCode.Usage);
        }

        return options.KafkaHome is null
            ? MockKafka.Start(certificates, options.Brokers, options.KafkaPort, options.Notice)
            : await RealKafka.StartAsync(
                new RealKafkaOptions(
                    options.KafkaHome, folder.KafkaFolder, certificates, options.Brokers, options.KafkaPort, options.Notice)
                {
                    ProxiedListeners = options.ProxiedListeners, Security = security, Tokens = options.Tokens,
                },
                cancellationToken);
    }

    // The user has the name of the client certificate, and so the same permissions.
    private static SecurityOptions Security(SaslMechanism? mechanism, string user) => mechanism switch
    {
        null => SecurityOptions.MutualTls,
        SaslMechanism.Plain or SaslMechanism.ScramSha256 or SaslMechanism.ScramSha512 => new SecurityOptions(
            SecurityOptions.SaslSsl, SaslOptions.NameOf(mechanism.Value), new Secret(user), new Secret(RandomNumberGenerator.GetHexString(32, lowercase: true))),
        _ => throw new HopsKafkaException(
            $"The sandbox does not support the SASL mechanism {mechanism}.", "Use Plain, ScramSha256 or ScramSha512.", ExitCode.Usage),
    };

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
