using HopsKafka.Sandbox;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Init;

/// <summary>A topic that another project owns and shares: its schemas are known in the owner's project only.</summary>
public sealed class SharedTopicSpecs
{
    private const string Shared = "shared";

    [Fact]
    public async Task The_pair_uses_the_registry_of_the_owner_when_registry_project_names_it()
    {
        await using var user = await SandboxUser.StartAsync();
        var owner = await ShareAsync(user.Sandbox);
        var own = SandboxUser.Of(Shared, ("HOPSKAFKA_KAFKA__SCHEMA", "reading"), ("HOPSKAFKA_KAFKA__SCHEMA_FILE", user.Sandbox.ConfigFile + ".avsc"));
        var owners = new Dictionary<string, string>(own) { ["HOPSKAFKA_KAFKA__REGISTRY_PROJECT"] = $"{owner.Id}" };
        await File.WriteAllTextAsync(user.Sandbox.ConfigFile + ".avsc", Schema, TestContext.Current.CancellationToken);

        var wrongProducer = await user.RunAsync("avro-producer", own, "-e", "2", "-d", "0");
        var producer = await user.RunAsync("avro-producer", owners, "-e", "2", "-d", "0");
        var wrongConsumer = await user.RunAsync("avro-consumer", own, "-g", "wrong", "--exit-at-end");
        var consumer = await user.RunAsync("avro-consumer", owners, "-g", "right", "--exit-at-end");

        Assert.Equal((1, 1), (wrongProducer.ExitCode, wrongConsumer.ExitCode));
        Assert.Contains("Subject not found", wrongProducer.Error, StringComparison.Ordinal);
        Assert.True(producer.ExitCode == 0, $"{producer}");
        Assert.True(consumer.ExitCode == 0, $"{consumer}");
        Readings.AssertComplete(Readings.Of(consumer), 2);
    }

    [Fact]
    public async Task Init_says_that_the_owner_must_be_named()
    {
        await using var user = await SandboxUser.StartAsync();
        await ShareAsync(user.Sandbox);
        using var runner = new InitRunner(user);

        var result = await runner.RunAsync("--topic", Shared);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"Another project shares the topic {Shared} and owns its schema: set registry_project", result.Error, StringComparison.Ordinal);
        Assert.Equal("reading", runner.Config.Kafka.Schema);
        Assert.Contains("\n# registry_project = ", File.ReadAllText(Path.Combine(runner.Folder, "config.toml")), StringComparison.Ordinal);
    }

    private const string Schema =
        """
        {"type":"record","name":"reading","fields":[{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},
        {"name":"id","type":"string"},{"name":"value","type":"double"}]}
        """;

    // The user is a member of both projects; the schema is registered in the owner's only.
    private static async Task<HopsworksProject> ShareAsync(HopsworksSandbox sandbox)
    {
        var owner = sandbox.State.AddProject("owner");
        owner.SetMember(sandbox.Key.User, ProjectRole.DataScientist);
        sandbox.State.Schemas.Register(owner.Id, "reading", Schema);
        sandbox.State.Topics.TryAdd(new HopsworksTopic(Shared, 2, 1, owner.Id, "reading", 1));
        sandbox.State.Topics.Share(Shared, 119);
        await sandbox.Kafka.CreateTopicAsync(Shared, 2, 1, TestContext.Current.CancellationToken);
        return owner;
    }
}
