namespace HopsKafka.Sandbox.Kafka;

/// <summary>An identity provider whose tokens a real Kafka accepts by OAUTHBEARER, beside its other SASL mechanism. The subject of a token is the principal.</summary>
/// <param name="Keys">The URL of its keys (JWKS), which brokers fetch at their start.</param>
/// <param name="Issuer">The claim <c>iss</c> of its tokens.</param>
/// <param name="Audience">The claim <c>aud</c> of its tokens.</param>
internal sealed record TokenIssuer(Uri Keys, string Issuer, string Audience)
{
    /// <summary>The system property by which Kafka allows the URL.</summary>
    public string JavaArgument => $"-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls={Keys}";
}
