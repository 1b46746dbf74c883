using HopsKafka.Configuration;
using HopsKafka.Sandbox.Certificates;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>
/// Writes the files that brokers of one cluster start from. Their paths are relative to the folder in which Java runs,
/// because commas and letters beyond Latin-1 in a path would not survive a properties file.
/// </summary>
/// <param name="proxied">The brokers' second listeners for clients; empty for none.</param>
/// <param name="security">How clients identify themselves.</param>
/// <param name="tokens">With SASL: whose tokens are accepted as well; null for none.</param>
internal sealed class BrokerProperties(IReadOnlyList<BrokerPorts> ports, IReadOnlyList<ProxiedListener> proxied, SecurityOptions security, TokenIssuer? tokens)
{
    public const string KeyFile = "server.pem";
    public const string AdminKeyFile = "admin.pem";
    public const string TrustFile = "ca.pem";
    public const string LogConfigFile = "log4j2.xml";

    /// <summary>Configuration of Kafka's own log: warnings to the file that the system property <c>broker.log</c> names.</summary>
    public const string LogConfig = """
        <Configuration status="ERROR">
          <Appenders>
            <File name="broker" fileName="${sys:broker.log}">
              <PatternLayout pattern="%d{ISO8601} %p %m (%c{1})%n"/>
            </File>
          </Appenders>
          <Loggers>
            <Root level="WARN"><AppenderRef ref="broker"/></Root>
          </Loggers>
        </Configuration>

        """;

    private readonly int _replicas = Math.Min(ports.Count, 3);
    private readonly int _inSync = Math.Min(ports.Count, 2);

    /// <summary>The server.properties of one broker, which is a controller as well.</summary>
    /// <param name="id">Id of the broker, from 1.</param>
    /// <returns>The text of the file.</returns>
    public string For(int id)
    {
        var own = ports[id - 1];
        var voters = string.Join(',', ports.Select((port, i) => $"{i + 1}@127.0.0.1:{port.Controller}"));
        var (listener, advertised, protocol) = proxied.Count == 0
            ? ("", "", "")
            : ($",PROXY://127.0.0.1:{proxied[id - 1].Port}", $",PROXY://localhost:{proxied[id - 1].Advertised}", ",PROXY:SSL");
        return $"""
            process.roles=broker,controller
            node.id={id}
            controller.quorum.voters={voters}
            controller.listener.names=CONTROLLER
            listeners=CLIENT://127.0.0.1:{own.Client},CONTROLLER://127.0.0.1:{own.Controller},ADMIN://127.0.0.1:{own.Admin}{listener}
            advertised.listeners=CLIENT://localhost:{own.Client},ADMIN://127.0.0.1:{own.Admin}{advertised}
            listener.security.protocol.map=CLIENT:{(security.UsesSasl ? "SASL_SSL" : "SSL")},CONTROLLER:SSL,ADMIN:SSL{protocol}
            inter.broker.listener.name=ADMIN
            ssl.client.auth=required
            ssl.keystore.type=PEM
            ssl.keystore.location={KeyFile}
            listener.name.admin.ssl.keystore.type=PEM
            listener.name.admin.ssl.keystore.location={AdminKeyFile}
            listener.name.controller.ssl.keystore.type=PEM
            listener.name.controller.ssl.keystore.location={AdminKeyFile}
            ssl.truststore.type=PEM
            ssl.truststore.location={TrustFile}
            ssl.principal.mapping.rules=RULE:^CN=([^,]*).*$/$1/
            authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
            super.users=User:{SandboxCertificates.AdminName}
            log.dirs=data-{id}
            auto.create.topics.enable=false
            log.retention.ms=-1
            log.retention.check.interval.ms=5000
            default.replication.factor={_replicas}
            min.insync.replicas={_inSync}
            offsets.topic.num.partitions=4
            offsets.topic.replication.factor={_replicas}
            transaction.state.log.num.partitions=4
            transaction.state.log.replication.factor={_replicas}
            transaction.state.log.min.isr={_inSync}
            group.initial.rebalance.delay.ms=0
            group.consumer.min.session.timeout.ms={ConsumerGroupTimes.Session.TotalMilliseconds}
            group.consumer.session.timeout.ms={ConsumerGroupTimes.Session.TotalMilliseconds}
            group.consumer.min.heartbeat.interval.ms={ConsumerGroupTimes.RealHeartbeat.TotalMilliseconds}
            group.consumer.heartbeat.interval.ms={ConsumerGroupTimes.RealHeartbeat.TotalMilliseconds}
            controlled.shutdown.enable=false
            {Sasl()}

            """;
    }

    // The users of SCRAM are in the cluster's metadata; the one of PLAIN is in this file.
    private string Sasl()
    {
        if (!security.UsesSasl)
        {
            return "";
        }

        var module = security.Mechanism == "PLAIN"
            ? $"plain.PlainLoginModule required user_{security.Username!.Reveal()}=\"{security.Password!.Reveal()}\";"
            : "scram.ScramLoginModule required;";
        return $"""
            listener.name.client.ssl.client.auth=none
            listener.name.client.sasl.enabled.mechanisms={security.Mechanism}{(tokens is null ? "" : $",{SecurityOptions.OAuthBearer}")}
            listener.name.client.{security.Mechanism!.ToLowerInvariant()}.sasl.jaas.config=org.apache.kafka.common.security.{module}
            {Tokens()}
            """;
    }

    private string Tokens()
    {
        const string Prefix = "listener.name.client.oauthbearer.sasl";
        const string Package = "org.apache.kafka.common.security.oauthbearer";
        return tokens is null ? "" : $"""
            {Prefix}.jaas.config={Package}.OAuthBearerLoginModule required;
            {Prefix}.server.callback.handler.class={Package}.OAuthBearerValidatorCallbackHandler
            {Prefix}.oauthbearer.jwks.endpoint.url={tokens.Keys}
            {Prefix}.oauthbearer.expected.issuer={tokens.Issuer}
            {Prefix}.oauthbearer.expected.audience={tokens.Audience}
            """;
    }
}
