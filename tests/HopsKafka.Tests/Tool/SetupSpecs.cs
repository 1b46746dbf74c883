using HopsKafka.Hopsworks;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.TestKit;
using HopsKafka.Tests.Hopsworks;
using HopsKafka.Tool.Setup;

namespace HopsKafka.Tests.Tool;

/// <summary>hops-kafka setup, on a project that has neither topic nor subject.</summary>
public sealed class SetupSpecs
{
    private const string FieldLevel =
        """{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":"long","logicalType":"timestamp-millis"},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""";

    private const string Registered = "Subject sensor registered: version 1, id 4.\n";

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task An_empty_project_is_set_up_once_and_producer_and_consumer_work(string compat)
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync(compat);

        var first = await sandbox.RunAsync("setup --partitions 3");
        var second = await sandbox.RunAsync("setup");
        var produced = await sandbox.RunAsync("avro-producer", "-e 2 -d 0 -q");
        var consumed = await sandbox.RunAsync("avro-consumer", "--exit-at-end");

        Assert.Equal((0, Registered + "Topic temperature created: 3 partitions, 1 replica, schema sensor version 1.\n"), (first.ExitCode, first.Output));
        Assert.Equal(
            (0, "Subject sensor exists: version 1, id 4.\nTopic temperature exists: 3 partitions, 1 replica, schema sensor version 1.\nNothing was changed.\n", ""),
            (second.ExitCode, second.Output, second.Error));
        Assert.Single(sandbox.State.Schemas.Versions(EmptySandbox.ProjectId, "sensor"));
        Assert.Equal(0, produced.ExitCode);
        Assert.Equal(16, Readings.Of(consumed).Count);
    }

    [Fact]
    public async Task The_name_of_another_projects_topic_is_taken()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        sandbox.State.AddProject("foreign", 7);
        sandbox.State.Topics.TryAdd(new HopsworksTopic("temperature", 1, 1, 7, null, null));

        var result = await sandbox.RunAsync("setup");

        Assert.Equal((1, Registered), (result.ExitCode, result.Output));
        Assert.Contains("neither belongs to this project nor is shared with it (error 190002)", result.Error, StringComparison.Ordinal);
        Assert.Contains("unique in the whole cluster", result.Error, StringComparison.Ordinal);
        Assert.Contains("Choose another [kafka] topic, or ask the owner", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_another_project_shares_is_found_and_never_deleted()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        sandbox.State.AddProject("foreign", 7);
        sandbox.State.Topics.TryAdd(new HopsworksTopic("temperature", 5, 1, 7, "sensor", 1));
        sandbox.State.Topics.Share("temperature", EmptySandbox.ProjectId);

        var setup = await sandbox.RunAsync("setup");
        var undo = await sandbox.RunAsync("setup --delete --yes");

        Assert.Equal(0, setup.ExitCode);
        Assert.Contains("Topic temperature exists, shared by another project: 5 partitions", setup.Output, StringComparison.Ordinal);
        Assert.Equal((1, ""), (undo.ExitCode, undo.Output));
        Assert.Contains("only that project can delete it", undo.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_without_the_role_is_refused_with_the_role_that_is_needed()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        sandbox.Project.SetMember(sandbox.User.Sandbox.Key.User, ProjectRole.DataScientist);

        var result = await sandbox.RunAsync("setup");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Creating topic temperature failed", result.Error, StringComparison.Ordinal);
        Assert.Contains("403", result.Error, StringComparison.Ordinal);
        Assert.Contains("The role Data owner is needed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_replicas_than_brokers_are_reported_with_the_number_of_brokers()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();

        var result = await sandbox.RunAsync("setup --replicas 3");

        Assert.Equal((1, Registered), (result.ExitCode, result.Output));
        Assert.Contains("cannot have 3 replicas of each partition: Hopsworks reports 1 broker (error 190005)", result.Error, StringComparison.Ordinal);
        Assert.Contains("--replicas 1 or fewer", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_projects_limit_of_topics_is_reported()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        sandbox.Project.MaxTopics = -1;

        var result = await sandbox.RunAsync("setup");

        Assert.Equal((1, Registered), (result.ExitCode, result.Output));
        Assert.Contains("412, Topic limit reached.", result.Error, StringComparison.Ordinal);
        Assert.Contains("Delete a topic that is no longer needed", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inferenceschema")]
    [InlineData("projectcompatibility")]
    public async Task A_subject_that_hopsworks_keeps_for_itself_is_reported(string subject)
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        sandbox.Write("own.avsc", SensorSchema.TutorialText.Replace("\"sensor\"", $"\"{subject}\"", StringComparison.Ordinal));

        var result = await sandbox.RunAsync("setup --schema own.avsc");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("(error 190016)", result.Error, StringComparison.Ordinal);
        Assert.Contains("Hopsworks keeps this subject for itself: give the record another name.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incompatible_schema_is_refused_with_level_and_difference()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        await sandbox.RunAsync("setup");
        sandbox.Write("float.avsc", SensorSchema.TutorialText.Replace("\"double\"", "\"float\"", StringComparison.Ordinal));
        var project = await sandbox.RunAsync("setup --schema float.avsc");
        sandbox.State.Schemas.SetLevel(EmptySandbox.ProjectId, "sensor", Confluent.SchemaRegistry.Compatibility.Full);

        var subject = await sandbox.RunAsync("setup --schema float.avsc");

        Assert.Equal((1, 1), (project.ExitCode, subject.ExitCode));
        Assert.Contains(
            "cannot follow version 1 (id 4) of subject sensor: compatibility level BACKWARD of the project forbids it (error 40901)",
            project.Error,
            StringComparison.Ordinal);
        Assert.Contains("\n    value: local float; registered double\n", project.Error, StringComparison.Ordinal);
        Assert.Contains("give new fields a default", project.Error, StringComparison.Ordinal);
        Assert.Contains("compatibility level FULL of the subject", subject.Error, StringComparison.Ordinal);
        Assert.Single(sandbox.State.Schemas.Versions(EmptySandbox.ProjectId, "sensor"));
    }

    [Fact]
    public async Task A_compatible_schema_becomes_a_new_version_and_its_difference_is_reported()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        await sandbox.RunAsync("setup");
        sandbox.Write("unit.avsc", EmptySandbox.WithUnit);

        var result = await sandbox.RunAsync("setup --schema unit.avsc");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Subject sensor registered: version 2, id 5.\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n    unit: only local (string, default \"C\")\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_of_the_tutorials_page_counts_as_registered_and_is_explained()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        await sandbox.RunAsync("setup");
        sandbox.Write("page.avsc", FieldLevel);

        var result = await sandbox.RunAsync("setup --schema page.avsc");

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("Nothing was changed.\n", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            "timestamp: local long with logicalType timestamp-millis beside it; registered long (timestamp-millis)", result.Error, StringComparison.Ordinal);
        Assert.Contains("Avro reads the plain type, so the bytes are the same.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_schema_with_a_name_can_be_registered_and_the_setting_to_change_is_named()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        sandbox.Write("weather.avsc", """{"type":"record","name":"Weather","namespace":"org.example","fields":[{"name":"wind","type":"int"}]}""");

        var result = await sandbox.RunAsync("setup --schema weather.avsc");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Subject org.example.Weather registered: version 1", result.Output, StringComparison.Ordinal);
        Assert.Contains("set [kafka] schema to 'org.example.Weather'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_numbers_than_requested_are_a_failure()
    {
        await using var sandbox = await EmptySandbox.StartEmptyAsync();
        await sandbox.RunAsync("setup");

        var result = await sandbox.RunAsync("setup --partitions 7");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Topic temperature has 2 partitions, not 7 as --partitions requests", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_was_lost_after_the_topic_was_made_is_not_taken_for_anothers_topic()
    {
        await using var server = new ScriptedServer(
            ScriptedResponse.Json(200, RegistryTestClient.Registered(4, 1, SensorSchema.TutorialText)),
            ScriptedResponse.Json(200, """{"count":0}"""),
            ScriptedResponse.Json(409, """{"errorCode":190002,"errorMsg":"Kafka topic already exists in database."}"""),
            ScriptedResponse.Json(
                200, """{"items":[{"name":"t","numOfReplicas":1,"numOfPartitions":2,"schemaName":"sensor","schemaVersion":1,"shared":false}],"count":1}"""));
        using var registry = RegistryTestClient.For(server);
        using var topics = new HopsKafka.Hopsworks.TopicClient(RegistryTestClient.Options(server));
        var request = new HopsKafka.Tool.Setup.SetupRequest("config.toml", null, null, null, false, false);
        var schema = await registry.LookupSchemaAsync("sensor", SensorSchema.TutorialText, TestContext.Current.CancellationToken);

        var created = await new HopsKafka.Tool.Setup.TopicSetup(topics, request).RunAsync("t", schema, TestContext.Current.CancellationToken);

        Assert.True(created);
        Assert.Equal(
            """{"name":"t","numOfReplicas":1,"numOfPartitions":2,"schemaName":"sensor","schemaVersion":1}""", server.Requests.ToArray()[2].Body);
    }
}
