using Confluent.Kafka;
using HopsKafka.Sandbox.Kafka;
using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>A sandbox on the Apache Kafka of KAFKA_HOME whose clients log in by SCRAM or OAUTHBEARER; the tests that ask for it are skipped where there is none.</summary>
public sealed class SaslFixture : IAsyncLifetime
{
    private SandboxUser? _user;
    private TokenServer? _tokens;

    public SandboxUser User
    {
        get
        {
            KafkaFixture.SkipWithoutKafka();
            return _user!;
        }
    }

    /// <summary>The identity provider whose tokens the brokers accept as well.</summary>
    public TokenServer Tokens
    {
        get
        {
            KafkaFixture.SkipWithoutKafka();
            return _tokens!;
        }
    }

    /// <summary>For clients that may do everything.</summary>
    public ClientConfig AdminClient => User.Sandbox.Kafka.AdminClient;

    public async ValueTask InitializeAsync()
    {
        if (KafkaFixture.Home is { Length: > 0 } home)
        {
            _tokens = await TokenServer.StartAsync("demo__meb10000");
            _user = await SandboxUser.StartAsync(options => options with
            {
                KafkaHome = home,
                Sasl = SaslMechanism.ScramSha512,
                Tokens = new TokenIssuer(_tokens.Keys, TokenServer.Issuer, TokenServer.Audience),
                Compatibility = new Version(4, 0),
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_user is not null)
        {
            await _user.DisposeAsync();
        }

        if (_tokens is not null)
        {
            await _tokens.DisposeAsync();
        }
    }
}

/// <summary>The tests that share the cluster.</summary>
[CollectionDefinition]
public sealed class SaslCluster : ICollectionFixture<SaslFixture>;
