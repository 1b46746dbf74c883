using HopsKafka.Sensors;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>Producer and consumer when the local schema is not the registered one.</summary>
public sealed class UseRegisteredSpecs : IAsyncLifetime
{
    private EmptySandbox _sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await EmptySandbox.StartEmptyAsync();
        _sandbox.State.Schemas.Register(EmptySandbox.ProjectId, "sensor", EmptySandbox.WithUnit);
        await _sandbox.User.Sandbox.Kafka.CreateTopicAsync("temperature", 2, 1);
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task The_producer_refuses_another_schema_with_a_line_for_each_field()
    {
        var result = await _sandbox.RunAsync("avro-producer", "-e 1");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            "error: The local schema is not registered under subject sensor; this is how it differs from the latest version, 1 (id 5):\n"
            + "    order of the fields: local timestamp, id, value; registered id, value, timestamp\n"
            + "    timestamp: local long (timestamp-millis); registered long\n"
            + "    unit: only registered (string, default \"C\")\n",
            result.Error[..(result.Error.IndexOf("  Use --use-registered", StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task The_producer_writes_with_the_registered_schema_and_both_kinds_of_consumer_read_it()
    {
        var produced = await _sandbox.RunAsync("avro-producer", "-e 3 -d 0 -q --use-registered");
        var plain = await _sandbox.RunAsync("avro-consumer", "--exit-at-end -g plain");
        var registered = await _sandbox.RunAsync("avro-consumer", "--exit-at-end -g registered --use-registered");

        Assert.Equal((0, 0, 0), (produced.ExitCode, plain.ExitCode, registered.ExitCode));
        Assert.Contains("Using the registered schema, sensor version 1 (id 5). The local one differs:\n", produced.Error, StringComparison.Ordinal);
        Assert.Contains("\n    unit: only registered (string, default \"C\")\n", registered.Error, StringComparison.Ordinal);
        Readings.AssertNothingMissing(Readings.Of(plain), 3);
        Assert.Equal(plain.Output.Length, registered.Output.Length);
    }

    [Fact]
    public async Task The_consumer_takes_the_registered_name_where_the_local_one_is_another()
    {
        await _sandbox.RunAsync("avro-producer", "-e 1 -d 0 -q --use-registered");
        _sandbox.Write("other.avsc", SensorSchema.TutorialText.Replace("\"sensor\"", "\"thermometer\"", StringComparison.Ordinal));
        var file = ("HOPSKAFKA_KAFKA__SCHEMA_FILE", "other.avsc");

        var local = await _sandbox.RunAsync("avro-consumer", "--exit-at-end", file);
        var registered = await _sandbox.RunAsync("avro-consumer", "--exit-at-end --use-registered -g second", file);

        Assert.Equal((0, 0), (local.ExitCode, registered.ExitCode));
        Assert.Contains("name: local thermometer; registered sensor", registered.Error, StringComparison.Ordinal);
        Assert.Equal(8, Readings.Of(registered).Count);
    }

    [Fact]
    public async Task A_registered_schema_that_a_reading_cannot_fill_is_refused_by_the_producer_and_read_by_the_consumer()
    {
        await _sandbox.RunAsync("avro-producer", "-e 1 -d 0 -q --use-registered");
        _sandbox.State.Schemas.SetLevel(EmptySandbox.ProjectId, "sensor", Confluent.SchemaRegistry.Compatibility.None);
        _sandbox.State.Schemas.Register(EmptySandbox.ProjectId, "sensor", EmptySandbox.WithUnit.Replace(",\"default\":\"C\"", "", StringComparison.Ordinal));

        var produced = await _sandbox.RunAsync("avro-producer", "-e 1 --use-registered");
        var consumed = await _sandbox.RunAsync("avro-consumer", "--exit-at-end --use-registered");

        Assert.Equal((1, 0), (produced.ExitCode, consumed.ExitCode));
        Assert.Contains(
            "cannot be written with the registered schema, sensor version 2 (id 6): its field unit has no default.", produced.Error, StringComparison.Ordinal);
        Assert.Equal(8, Readings.Of(consumed).Count);
    }

    [Fact]
    public async Task A_dry_run_asks_no_registry_and_says_so()
    {
        var result = await _sandbox.RunAsync("avro-producer", "--dry-run --use-registered");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("Option --use-registered cannot be used with --dry-run", result.Error, StringComparison.Ordinal);
    }
}
