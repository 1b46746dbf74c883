using Confluent.Kafka;
using HopsKafka.Common;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox;

/// <summary>The embedded Kafka has no SASL; with a real one see the cluster tests.</summary>
public sealed class SandboxSaslSpecs
{
    [Theory]
    [InlineData("--sasl plain", "Option --sasl needs --kafka-home: the embedded Kafka has no SASL.")]
    [InlineData("--sasl gssapi --kafka-home /nowhere", "Option --sasl must be plain, scram-sha-256 or scram-sha-512, not 'gssapi'.")]
    public async Task The_command_refuses_it(string options, string message)
    {
        await using var tool = ToolTask.Start("hops-kafka", new Dictionary<string, string>(), ["sandbox", .. options.Split(' ')]);

        var result = await tool.WaitForExitAsync();

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SaslMechanism.Plain, "The embedded Kafka has no SASL.")]
    [InlineData(SaslMechanism.Gssapi, "The sandbox does not support the SASL mechanism Gssapi.")]
    public async Task A_program_is_refused_as_well(SaslMechanism mechanism, string message)
    {
        var error = await Assert.ThrowsAsync<HopsKafkaException>(() => HopsworksSandbox.StartAsync(new SandboxOptions { Sasl = mechanism }));

        Assert.Equal((message, ExitCode.Usage), (error.Message, error.ExitCode));
    }
}
