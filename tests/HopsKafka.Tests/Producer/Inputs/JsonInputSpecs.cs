using System.IO.Pipelines;
using System.Text;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Producer.Inputs;

/// <summary>Lines of JSON.</summary>
public sealed class JsonInputSpecs(SharedSandbox sandbox) : InputSpecs(sandbox)
{
    [Fact]
    public async Task Each_line_becomes_an_event_with_the_key_of_its_id()
    {
        var (_, environment) = await NewOrdersAsync();
        var file = Write("orders.jsonl", [.. Enumerable.Range(1, 50).Select(i => Order(i))]);

        var result = await RunAsync(environment, 0, "--input", file, "-q");

        Assert.Equal("To continue execution start from line 51\n", result.Output);
        Assert.Matches(@"\nDelivered 50 \(partition 0: \d+, partition 1: \d+\), failed 0, in ", result.Error);
        var events = await ReadAsync(environment);
        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"order-{i}"), events.Select(e => e.GetProperty("key").GetString()).OrderBy(key => int.Parse(key![6..], null)));
        Assert.All(events, e => Assert.Equal(e.GetProperty("key").GetString(), e.GetProperty("value").GetProperty("id").GetString()));
        Assert.All(events, e => Assert.Equal("hops-line", e.GetProperty("headers")[0].GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_line_per_event_is_printed_without_quiet()
    {
        var (topic, environment) = await NewOrdersAsync(1);
        var file = Write("orders.jsonl", Order(1), "", Order(2));

        var result = await RunAsync(environment, 0, "--input", file);

        Assert.Equal(
            $"Line 1 successfully produced to {topic} [0] at offset 0\nLine 3 successfully produced to {topic} [0] at offset 1\nTo continue execution start from line 4\n", result.Output);
    }

    [Fact]
    public async Task Key_timestamp_and_headers_are_what_the_options_say()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var file = Write("orders.jsonl", Order(1), Order(2, "\"Rome, Italy\""));

        await RunAsync(
            environment, 0, "--input", file, "-q", "--key", "customer.city,placed", "--key-separator", "/", "--timestamp", "placed", "--header", "origin=shop 1", "--header", "empty=");

        var events = await ReadAsync(environment);
        Assert.Equal(["Oslo/2026-01-31T12:00:01.000001Z", "Rome, Italy/2026-01-31T12:00:02.000001Z"], events.Select(e => e.GetProperty("key").GetString()));
        Assert.Equal(["2026-01-31T12:00:01.000Z", "2026-01-31T12:00:02.000Z"], events.Select(e => e.GetProperty("timestamp").GetString()));
        Assert.All(events, e => Assert.Equal(
            [("origin", "shop 1"), ("empty", "")],
            e.GetProperty("headers").EnumerateArray().Take(2).Select(h => (h.GetProperty("name").GetString(), h.GetProperty("text").GetString()))));
    }

    [Theory]
    [InlineData("--key", "nothing", "Option --key nothing: the schema has no field nothing.", "Its fields are id, customer, placed, price, note.")]
    [InlineData("--key", "notes", "Option --key notes: the schema has no field notes.", "Did you mean note?")]
    [InlineData("--key", "customer.cit", "Option --key customer.cit: the schema has no field customer.cit.", "Did you mean customer.city?")]
    [InlineData("--key", "customer", "Option --key customer: a field of type record cannot be a key.", "Name a field of a simple type")]
    [InlineData("--key", "id.city", "Option --key id.city: the schema has no field id.city: the part before .city is not a record.", "")]
    [InlineData("--timestamp", "note", "Option --timestamp note: a field of type null or string is no timestamp.", "Name a field of type long")]
    public async Task A_field_that_cannot_be_used_is_refused_before_anything_is_sent(string option, string value, string message, string remedy)
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 2, "--input", Write("orders.jsonl", Order(1)), option, value);

        Assert.Contains($"error: {message}\n  {remedy}", result.Error, StringComparison.Ordinal);
        Assert.Empty(await ReadAsync(environment));
    }

    [Fact]
    public async Task Events_without_a_key_spread_evenly_and_the_tool_says_what_order_they_keep()
    {
        User.Sandbox.RegisterSchema("""{"type":"record","name":"click","fields":[{"name":"page","type":"string"}]}""");
        var topic = await User.NewTopicAsync(4);
        var environment = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__SCHEMA", "click"));
        var file = Write("clicks.jsonl", [.. Enumerable.Range(1, 40).Select(i => $$"""{"page":"{{i}}"}""")]);

        var result = await RunAsync(environment, 0, "--input", file, "-q");

        Assert.Contains("info: The events have no key: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("(partition 0: 10, partition 1: 10, partition 2: 10, partition 3: 10)", result.Error, StringComparison.Ordinal);
        Assert.All(await ReadAsync(environment), e => Assert.Equal(System.Text.Json.JsonValueKind.Null, e.GetProperty("key").ValueKind));
    }

    [Fact]
    public async Task A_pipe_is_sent_as_it_comes()
    {
        var (topic, environment) = await NewOrdersAsync(1);
        var pipe = new Pipe();
        await using var producer = ToolTask.Start("avro-producer", environment, ["-c", User.Sandbox.ConfigFile, "--input", "-"], stdin: pipe.Reader.AsStream());

        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(Order(1) + "\n" + Order(2)[..20]));
        await producer.ReadLinesAsync(1, $"Line 1 successfully produced to {topic} [0] at offset 0");
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(Order(2)[20..]));
        await pipe.Writer.CompleteAsync();
        var result = await producer.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith($"Line 2 successfully produced to {topic} [0] at offset 1\nTo continue execution start from line 3\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_while_a_pipe_has_nothing_delivers_what_came_and_names_the_next_line()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var pipe = new Pipe();
        await using var producer = ToolTask.Start("avro-producer", environment, ["-c", User.Sandbox.ConfigFile, "--input", "-"], stdin: pipe.Reader.AsStream());
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(Order(1) + "\n"));
        await producer.ReadLinesAsync(1);

        producer.Interrupt();
        var result = await producer.WaitForExitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("To continue execution start from line 2\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("Delivered 1 ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_prints_key_partition_and_value_and_sends_nothing()
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 0, "--input", Write("orders.jsonl", Order(7)), "--dry-run");

        Assert.Equal(
            """{"line":1,"key":"order-7","partition":0,"value":{"id":"order-7","customer":{"city":"Oslo","age":27},"placed":"2026-01-31T12:00:07.000001Z","price":"7.50","note":null}}""" + "\n",
            result.Output);
        Assert.Empty(await ReadAsync(environment));
    }

    [Fact]
    public async Task Shares_of_an_input_have_each_event_once()
    {
        var (_, environment) = await NewOrdersAsync();
        var file = Write("orders.jsonl", [.. Enumerable.Range(1, 60).Select(i => Order(i))]);

        await RunAsync(environment, 0, "--input", file, "-q", "--shard", "1/3");
        await RunAsync(environment, 0, "--input", file, "-q", "--shard", "3/3");
        var resumed = await RunAsync(environment, 0, "--input", file, "-q", "--shard", "3/3", "--resume");
        await RunAsync(environment, 0, "--input", file, "-q", "--shard", "2/3");
        var verify = await User.RunAsync("avro-consumer", environment, "--verify", "--from", "beginning", "--exit-at-end", "--no-commit");

        Assert.Contains("Delivered 0, failed 0", resumed.Error, StringComparison.Ordinal);
        Assert.True(verify.ExitCode == 0, $"{verify}");
        Assert.EndsWith("60 events of 1 input: nothing missing, all in order.\n", verify.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--topic", "t")]
    [InlineData("--key", "id")]
    [InlineData("--check")]
    [InlineData("--from-line", "3")]
    [InlineData("--on-error", "skip")]
    public async Task An_option_of_inputs_is_refused_without_one(params string[] arguments)
    {
        var result = await RunAsync(SandboxUser.Of("any"), 2, arguments);

        Assert.StartsWith($"error: Option {arguments[0]} cannot be used without --input.\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Option --input sends the events of a file, and no sensors: it cannot be used with --events.", "-e", "5")]
    [InlineData("Option --header must be NAME=VALUE, not 'origin'.", "--header", "origin")]
    [InlineData("Option --header cannot set hops-line: the tool writes that header itself.", "--header", "hops-line=1")]
    [InlineData("Option --key must be the name of a field, or several different ones such as region,id; not 'id,id'.", "--key", "id,id")]
    [InlineData("Option --key-separator needs --key with several fields.", "--key", "id", "--key-separator", "-")]
    [InlineData("Option --on-error must be stop, skip or dead-letter FILE, not 'dead-letter'.", "--on-error", "dead-letter")]
    [InlineData("Option --envelope needs lines of JSON (--input-format json).", "--envelope", "--input-format", "csv")]
    [InlineData("Option --keep-partition needs --envelope, which has the partitions.", "--keep-partition")]
    [InlineData("Option --key cannot be used with --envelope: its lines have the keys and tombstones of the events.", "--envelope", "--key", "id")]
    [InlineData("Option --null-value cannot be used with --envelope: its lines have the keys and tombstones of the events.", "--envelope", "--null-value")]
    [InlineData("Option --delimiter needs CSV (--input-format csv).", "--delimiter", ";")]
    [InlineData("Option --delimiter must be one ASCII character such as ; or \\t, and neither a quote nor #; not '#'.", "--input-format", "csv", "--delimiter", "#")]
    [InlineData("Option --null-value cannot be used with an Avro file: its records always have all fields.", "--input-format", "avro", "--null-value")]
    [InlineData("Option --on-error dead-letter cannot be used with an Avro file, which has no lines; use skip.", "--input-format", "avro", "--on-error", "dead-letter", "bad.avro")]
    [InlineData("Option --resume cannot be used with --check, which only validates the input.", "--check", "--resume")]
    [InlineData("Option --dry-run cannot be used with --check, which only validates the input.", "--check", "--dry-run")]
    [InlineData("Option --from-line must be a whole number from 1, not 0.", "--from-line", "0")]
    public async Task Wrong_use_of_an_option_is_refused(string message, params string[] arguments)
    {
        var result = await RunAsync(SandboxUser.Of("any"), 2, ["--input", "orders.jsonl", .. arguments]);

        Assert.StartsWith($"error: {message}\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_of_another_schema_is_named()
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 0, "--input", Write("orders.jsonl", Order(1)), "--topic", HopsworksSandbox.Topic, "--check");

        Assert.Contains("warning: Hopsworks names subject sensor for topic temperature; [kafka] schema is shop.order.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Avro_keys_without_a_schema_for_them_are_refused_with_the_subjects_name()
    {
        var (topic, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 1, "--input", Write("orders.jsonl", Order(1)), "--key-format", "avro");

        Assert.Equal(
            $"error: Keys cannot be written as Avro (--key-format): the registry has no subject {topic}-key.\n"
            + "  Register the schema of the keys under this name in Hopsworks (Kafka, schemas), or leave out --key-format for keys of text.\n",
            result.Error);
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_named()
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 2, "--input", PathOf("absent.jsonl"));

        Assert.Contains("absent.jsonl cannot be read: ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("  Correct --input; - is standard input.\n", result.Error, StringComparison.Ordinal);
    }
}
