using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using HopsKafka.Configuration;

namespace HopsKafka.Sandbox.Kafka;

/// <summary>The user of a cluster with SCRAM. Its password does not pass through the command line of Kafka's own tool.</summary>
internal static class ScramUser
{
    /// <summary>Creates it; with another way to log in nothing is to do.</summary>
    public static Task CreateAsync(IAdminClient admin, SecurityOptions security) => security is not { UsesSasl: true, Mechanism: not "PLAIN" }
        ? Task.CompletedTask
        : admin.AlterUserScramCredentialsAsync(
        [
            new UserScramCredentialUpsertion
            {
                User = security.Username!.Reveal(),
                Password = Encoding.UTF8.GetBytes(security.Password!.Reveal()),
                ScramCredentialInfo = new ScramCredentialInfo
                {
                    Mechanism = security.Mechanism == "SCRAM-SHA-256" ? ScramMechanism.ScramSha256 : ScramMechanism.ScramSha512, Iterations = 4096,
                },
            },
        ]);
}
