using System.Text.Json;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>A project whose record is not the tutorial's: only the producer's generator asks for a sensor.</summary>
public sealed class OtherSchemaSpecs : IAsyncLifetime
{
    private const string Order =
        """
        {"type":"record","name":"order","namespace":"shop","fields":[
          {"name":"number","type":"long"},
          {"name":"customer","type":{"type":"record","name":"person","fields":[{"name":"name","type":"string"},{"name":"parent","type":["null","person"]}]}},
          {"name":"state","type":{"type":"enum","name":"state","symbols":["OPEN","SHIPPED"]}},
          {"name":"total","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
          {"name":"currency","type":"string","default":"SEK"}]}
        """;

    private EmptySandbox _sandbox = null!;

    private static (string, string) Subject => ("HOPSKAFKA_KAFKA__SCHEMA", "shop.order");

    private static (string, string) File => ("HOPSKAFKA_KAFKA__SCHEMA_FILE", "order.avsc");

    public async ValueTask InitializeAsync()
    {
        _sandbox = await EmptySandbox.StartEmptyAsync();
        _sandbox.Write("order.avsc", Order);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Every_command_works_with_any_schema_and_the_round_trip_sends_a_value_of_it()
    {
        var setup = await _sandbox.RunAsync("setup", Subject, File);
        var schemas = await _sandbox.RunAsync("schemas shop.order", Subject, File);
        var doctor = await _sandbox.RunAsync("doctor --round-trip", Subject, File);
        var withoutFile = await _sandbox.RunAsync("doctor", Subject);
        var consumed = await _sandbox.RunAsync("avro-consumer", "--exit-at-end -o json --use-registered", Subject);

        Assert.Equal(
            (0, "Subject shop.order registered: version 1, id 5.\nTopic temperature created: 2 partitions, 1 replica, schema shop.order version 1.\n", ""),
            (setup.ExitCode, setup.Output, setup.Error));
        Assert.Equal((0, "VERSION  ID  LOCAL SCHEMA\n      1   5  the same\n", ""), (schemas.ExitCode, schemas.Output, schemas.Error));
        Assert.True(doctor.ExitCode == 0, $"{doctor}");
        Assert.True(withoutFile.ExitCode == 0, $"{withoutFile}");
        using var json = JsonDocument.Parse(consumed.Output);
        Assert.Equal(
            """{"number":0,"customer":{"name":"hops-doctor","parent":null},"state":"OPEN","total":"0.00","currency":"SEK"}""",
            json.RootElement.GetProperty("value").GetRawText());
        Assert.DoesNotContain("differs", consumed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_local_schema_nothing_is_compared_with_the_tutorials()
    {
        await _sandbox.RunAsync("setup", Subject, File);
        await _sandbox.User.Sandbox.Kafka.DeleteTopicAsync("temperature");
        _sandbox.State.Topics.Remove("temperature");

        var schemas = await _sandbox.RunAsync("schemas shop.order", Subject);
        var setup = await _sandbox.RunAsync("setup", Subject);
        var unknown = await _sandbox.RunAsync("setup", ("HOPSKAFKA_KAFKA__SCHEMA", "shop.bill"));

        Assert.Equal((0, "VERSION  ID  LOCAL SCHEMA\n      1   5  -\n", ""), (schemas.ExitCode, schemas.Output, schemas.Error));
        Assert.Equal(
            (0, "Subject shop.order exists: version 1, id 5.\nTopic temperature created: 2 partitions, 1 replica, schema shop.order version 1.\n"),
            (setup.ExitCode, setup.Output));
        Assert.Equal((2, ""), (unknown.ExitCode, unknown.Output));
        Assert.Contains("Subject shop.bill is not registered", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("[kafka] schema_file", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_of_another_name_than_the_subject_is_refused_before_anything_is_registered()
    {
        var setup = await _sandbox.RunAsync("setup", File);
        var doctor = await _sandbox.RunAsync("doctor --json", File);

        Assert.Equal((2, ""), (setup.ExitCode, setup.Output));
        Assert.Contains("[kafka] schema is sensor, but the record of the schema file", setup.Error, StringComparison.Ordinal);
        Assert.Contains("set [kafka] schema = 'shop.order'", setup.Error, StringComparison.Ordinal);
        Assert.Contains("is called shop.order", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_without_a_name_goes_to_the_subject_of_the_configuration()
    {
        _sandbox.Write("text.avsc", "\"string\"");
        (string, string)[] text = [("HOPSKAFKA_KAFKA__SCHEMA", "note"), ("HOPSKAFKA_KAFKA__SCHEMA_FILE", "text.avsc")];

        var setup = await _sandbox.RunAsync("setup", text);
        var doctor = await _sandbox.RunAsync("doctor --round-trip", text);
        var consumed = await _sandbox.RunAsync("avro-consumer", "--exit-at-end -o json", text);

        Assert.True(setup.ExitCode == 0, $"{setup}");
        Assert.True(doctor.ExitCode == 0, $"{doctor}");
        Assert.Contains("\"value\":\"hops-doctor\"", consumed.Output, StringComparison.Ordinal);
    }
}
