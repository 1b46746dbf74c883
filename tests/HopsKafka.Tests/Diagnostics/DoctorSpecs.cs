using HopsKafka.Sandbox.Rest.State;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Diagnostics;

/// <summary>hops-kafka doctor on a sound sandbox, and with wrong settings, keys and schemas.</summary>
public sealed class DoctorSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string OtherSchema =
        """{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"id","type":"string"},{"name":"value","type":"double"},{"name":"unit","type":"string","default":""}]}""";

    private readonly SandboxUser _user = sandbox.User;

    [Fact]
    public async Task A_sound_sandbox_passes_with_a_round_trip_and_the_event_stays_marked()
    {
        var topic = await _user.NewTopicAsync();

        var result = await DoctorResult.OfAsync(_user, [("KAFKA__TOPIC", topic)], "--round-trip");

        Assert.True(result.Run.ExitCode == 0, $"{result.Run}");
        Assert.Contains("permissions; the round trip tests them\"", result.Run.Output, StringComparison.Ordinal);
        Assert.Equal(("ok", "skipped", "ok"), (result.Status("round trip"), result.Status($"write {topic}"), result.Status("group TutorialGroup")));
        var stored = Assert.Single(KafkaReader.ReadAll(_user.Sandbox, topic, 1));
        Assert.Equal("hops-doctor", Assert.Single(stored.Message.Headers).Key);
        Assert.Equal(2, result.Report.GetProperty("group").GetProperty("partitions").GetArrayLength());
    }

    [Fact]
    public async Task The_text_has_a_line_a_check_with_its_time_and_a_summary()
    {
        var result = await _user.RunAsync("hops-kafka", [], "doctor");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"^ok +\d+\.\d\d s  config: \S+config\.toml: project demo, topic temperature\n", result.Output);
        Assert.Contains("permissions; --round-trip tests them\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nNo fault found: \d+ checks passed, 0 with a warning, 1 skipped, in \d+\.\d s\.\n$", result.Output);
    }

    [Theory]
    [InlineData("PROJECT__CA_FILE", "/nowhere/ca.pem", "files", "there is no such file")]
    [InlineData("PROJECT__KEY_FILE", "hunter2", "files", "The file that [project] key_file names cannot be read: ")]
    [InlineData("PROJECT__KEY_PASSWORD", "hunter2", "key and certificate", "The password of the private key")]
    [InlineData("KAFKA__TOPIC", "nobodys", "topic nobodys", "does not exist, or your project may not use it")]
    [InlineData("PROJECT__ID", "4711", "API key", "150004")]
    [InlineData("API__KEY", "wrong.key", "API key", "401")]
    [InlineData("KAFKA__SCHEMA", "nothing", "subject nothing", "(error 40401)")]
    public async Task A_wrong_setting_is_the_one_fault(string key, string value, string check, string text)
    {
        var result = await DoctorResult.OfAsync(_user, [(key, value)]);

        Assert.Equal(1, result.Run.ExitCode);
        Assert.Equal(check, result.OnlyFault.Check);
        Assert.Contains(text, result.OnlyFault.Text, StringComparison.Ordinal);
        Assert.False(result.Faults[0].GetProperty("cause").GetString()!.EndsWith(' '));
        Assert.DoesNotContain("hunter2", result.Run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong.key", result.Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_schema_file_is_one_fault_and_Kafka_is_checked_all_the_same()
    {
        var result = await DoctorResult.OfAsync(_user, [("KAFKA__SCHEMA_FILE", "absent.avsc")], "--round-trip");

        Assert.Equal("files", result.OnlyFault.Check);
        Assert.Contains("absent.avsc", result.OnlyFault.Text, StringComparison.Ordinal);
        Assert.Equal(("ok", "ok", "skipped", "skipped"), (result.Status("topic temperature"), result.Status("API key"), result.Status("schema"), result.Status("round trip")));
    }

    [Fact]
    public async Task All_missing_files_are_named_by_one_fault()
    {
        var result = await DoctorResult.OfAsync(_user, [("KAFKA__SCHEMA_FILE", "absent.avsc"), ("HOPS__VERIFY", "absent.pem"), ("PROJECT__CA_FILE", "no-ca.pem")]);

        Assert.Equal("files", result.OnlyFault.Check);
        Assert.All(["absent.avsc", "absent.pem", "no-ca.pem"], file => Assert.Contains(file, result.OnlyFault.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_topic_for_which_Hopsworks_names_another_subject_is_a_warning()
    {
        await using var user = await SandboxUser.StartAsync();
        await user.Sandbox.Kafka.CreateTopicAsync("orders", 1, 1);
        user.Sandbox.State.Topics.TryAdd(new HopsworksTopic("orders", 1, 1, 119, "com.acme.Order", 1));

        var doctor = await DoctorResult.OfAsync(user, [("KAFKA__TOPIC", "orders")]);
        var setup = await user.RunAsync("hops-kafka", "orders", "setup");
        var producer = await user.RunAsync("avro-producer", "orders", "-e", "1", "-d", "0", "-q");

        const string Warning = "Hopsworks names subject com.acme.Order for topic orders; [kafka] schema is sensor.";
        Assert.True(doctor.Run.ExitCode == 0, $"{doctor.Run}");
        Assert.Equal("warning", doctor.Status("subject of orders"));
        Assert.Contains(Warning, doctor.Run.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (setup.ExitCode, producer.ExitCode));
        Assert.Contains($"warning: {Warning}", setup.Error, StringComparison.Ordinal);
        Assert.Contains($"warning: {Warning}", producer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_is_missing_is_the_one_fault()
    {
        var result = await DoctorResult.OfAsync(_user, [], "-c", "absent.toml");

        Assert.Equal((1, "config"), (result.Run.ExitCode, result.OnlyFault.Check));
    }

    [Fact]
    public async Task An_API_key_without_the_scope_is_reported_with_the_one_to_add()
    {
        var key = _user.Sandbox.State.ApiKeys.Create(_user.Sandbox.Key.User, ApiScope.Project);

        var result = await DoctorResult.OfAsync(_user, [("API__KEY", key.Token.Reveal())]);

        Assert.Equal("API key", result.OnlyFault.Check);
        Assert.Contains("Add the scope KAFKA", result.OnlyFault.Text, StringComparison.Ordinal);
        Assert.Contains("HOPSKAFKA_API__KEY", result.OnlyFault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_is_not_registered_is_reported_with_the_differing_field()
    {
        using var files = new TempDir();

        var result = await DoctorResult.OfAsync(_user, [("KAFKA__SCHEMA_FILE", files.Write("other.avsc", OtherSchema))]);

        Assert.Equal("schema", result.OnlyFault.Check);
        Assert.Contains("unit: only local", result.OnlyFault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_without_a_finite_value_skips_the_round_trip_and_says_why()
    {
        const string Endless = """{"type":"record","name":"endless","fields":[{"name":"next","type":"endless"}]}""";
        using var files = new TempDir();
        _user.Sandbox.State.Schemas.Register(119, "endless", Endless);

        var result = await DoctorResult.OfAsync(
            _user, [("KAFKA__SCHEMA", "endless"), ("KAFKA__SCHEMA_FILE", files.Write("endless.avsc", Endless))], "--round-trip");

        Assert.True(result.Run.ExitCode == 0, $"{result.Run}");
        Assert.Equal("skipped", result.Status("round trip"));
        Assert.Contains("the record endless contains itself", result.Run.Output, StringComparison.Ordinal);
    }
}
