using System.IO.Compression;
using System.Text.Json;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Producer.Inputs;

/// <summary>CSV, Avro container files and gzip as inputs, and tombstones.</summary>
public sealed class FileFormatSpecs(SharedSandbox sandbox) : InputSpecs(sandbox)
{
    private const string CsvHeader = "id;customer.city;customer.age;placed;price;note";

    [Fact]
    public async Task Rows_of_csv_become_events_and_empty_cells_nulls()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var file = Write("orders.csv", CsvHeader, "order-1;\"Oslo; \"\"Ø\"\"\";30;2026-01-31T12:00:00Z;1.50;", "order-2;;31;2026-01-31T12:00:01Z;2;\"two", "lines\"");

        await RunAsync(environment, 0, "--input", file, "-q", "--delimiter", ";");

        var values = (await ReadAsync(environment)).ConvertAll(e => e.GetProperty("value"));
        Assert.Equal(["Oslo; \"Ø\"", null], values.Select(v => v.GetProperty("customer").GetProperty("city").GetString()));
        Assert.Equal(["1.50", "2.00"], values.Select(v => v.GetProperty("price").GetString()));
        Assert.Equal([null, "two\nlines"], values.Select(v => v.GetProperty("note").GetString()));
    }

    [Fact]
    public async Task A_bad_row_is_named_and_its_dead_letter_file_has_the_header()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var letters = PathOf("bad.csv");
        const string bad = "order-2;;old;2026-01-31T12:00:01Z;2;";

        var result = await RunAsync(
            environment, 0, "--input", Write("orders.csv", CsvHeader, bad, "order-3;;31;2026-01-31T12:00:01Z;2;"), "-q", "--delimiter", ";", "--on-error", "dead-letter", letters);

        Assert.Contains("warning: orders.csv:2: customer.age: ", result.Error, StringComparison.Ordinal);
        Assert.Equal($"{CsvHeader}\n{bad}\n", await File.ReadAllTextAsync(letters));
        await File.WriteAllTextAsync(letters, (await File.ReadAllTextAsync(letters)).Replace("old", "32", StringComparison.Ordinal));
        await RunAsync(environment, 0, "--input", letters, "-q", "--delimiter", ";");
        Assert.Equal(["order-3", "order-2"], (await ReadAsync(environment)).Select(e => e.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task A_header_that_does_not_fit_is_refused_before_anything_is_sent()
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 2, "--input", Write("orders.csv", "id,customer.town", "order-1,Oslo"));

        Assert.Contains("customer.town", result.Error, StringComparison.Ordinal);
        Assert.Empty(await ReadAsync(environment));
    }

    [Fact]
    public async Task A_header_with_another_delimiter_is_named_as_that()
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 2, "--input", Write("orders.csv", CsvHeader, "order-1;Oslo;30;2026-01-31T12:00:00Z;1.50;"));

        Assert.EndsWith("  If the cells are separated by ';', name the character by --delimiter.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_file_is_read_as_it_is()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var file = PathOf("orders.jsonl.gz");
        await using (var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Order(1) + "\n" + Order(2) + "\n"));
        }

        await RunAsync(environment, 0, "--input", file, "-q");

        Assert.Equal(2, (await ReadAsync(environment)).Count);
    }

    [Fact]
    public async Task A_file_that_breaks_off_delivers_what_it_has_and_fails()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var whole = PathOf("whole.gz");
        await using (var gzip = new GZipStream(File.Create(whole), CompressionLevel.NoCompression))
        {
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 2000).Select(i => Order(i) + "\n"))));
        }

        var bytes = await File.ReadAllBytesAsync(whole);
        await File.WriteAllBytesAsync(PathOf("orders.jsonl.gz"), bytes[..^2000]);

        var result = await RunAsync(environment, 1, "--input", PathOf("orders.jsonl.gz"), "-q");

        var next = int.Parse(result.Output.Split(' ')[^1], null);
        Assert.InRange(next, 1900, 2000);
        Assert.Contains($"Delivered {next - 1} ", result.Error, StringComparison.Ordinal);
        Assert.Contains("error: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(next - 1, (await ReadAsync(environment)).Count);
    }

    [Fact]
    public async Task An_avro_file_of_the_consumer_is_sent_again_with_the_same_values()
    {
        var (_, environment) = await NewOrdersAsync(1);
        await RunAsync(environment, 0, "--input", Write("orders.jsonl", Order(1), Order(2)), "-q");
        var file = PathOf("orders.avro");
        var saved = await User.RunAsync("avro-consumer", environment, "--from", "beginning", "--exit-at-end", "--no-commit", "-o", "avro", "--out", file);
        var (_, other) = await NewOrdersAsync(1);

        await RunAsync(other, 0, "--input", file, "-q");

        Assert.True(saved.ExitCode == 0, $"{saved}");
        Assert.Equal(await ValuesAsync(environment), await ValuesAsync(other));
    }

    [Fact]
    public async Task Lines_with_nothing_but_a_key_are_tombstones_on_request()
    {
        var (_, environment) = await NewOrdersAsync(1);

        await RunAsync(environment, 0, "--input", Write("orders.jsonl", """{"id":"order-1"}""", """{"note":null,"id":"order-2"}""", Order(3)), "-q", "--null-value");
        await RunAsync(environment, 0, "--input", Write("orders.csv", CsvHeader, "order-4;;;;;"), "-q", "--null-value", "--delimiter", ";");
        var without = await RunAsync(environment, 1, "--input", Write("orders.jsonl", """{"id":"order-1"}"""), "-q");

        var events = await ReadAsync(environment);
        Assert.Equal(["order-1", "order-2", "order-3", "order-4"], events.Select(e => e.GetProperty("key").GetString()));
        Assert.Equal([true, true, false, true], events.Select(e => e.TryGetProperty("tombstone", out _)));
        Assert.Contains("orders.jsonl:1:", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_null_without_a_key_is_a_tombstone_only_where_events_have_no_key()
    {
        User.Sandbox.RegisterSchema("""{"type":"record","name":"keyless_click","fields":[{"name":"page","type":"string"}]}""");
        var environment = SandboxUser.Of(await User.NewTopicAsync(1), ("HOPSKAFKA_KAFKA__SCHEMA", "keyless_click"));
        var (_, orders) = await NewOrdersAsync(1);

        await RunAsync(environment, 0, "--input", Write("clicks.jsonl", "null"), "-q", "--null-value");
        var keyed = await RunAsync(orders, 1, "--input", Write("orders.jsonl", "null"), "-q", "--null-value");

        Assert.True(Assert.Single(await ReadAsync(environment)).TryGetProperty("tombstone", out _));
        Assert.Contains("orders.jsonl:1:1: a tombstone needs a key: write it as an object with id alone.\n", keyed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_avro_with_the_schema_of_the_key_subject()
    {
        var (topic, environment) = await NewOrdersAsync(1);
        User.Sandbox.RegisterSchema("""{"type":"record","name":"order_key","fields":[{"name":"placed","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"id","type":"string"}]}""", $"{topic}-key");
        var file = Write("orders.jsonl", Order(1));

        await RunAsync(environment, 0, "--input", file, "-q", "--key", "id,placed", "--key-format", "avro");
        var mismatch = await RunAsync(environment, 2, "--input", file, "-q", "--key", "id", "--key-format", "avro");
        var dryRun = await RunAsync(environment, 0, "--input", file, "--dry-run", "--key", "id,placed", "--key-format", "avro");

        var key = Assert.Single(await ReadAsync(environment, "--key", "avro")).GetProperty("key");
        Assert.Equal("""{"placed":"2026-01-31T12:00:01.000001Z","id":"order-1"}""", key.GetRawText());
        Assert.Contains($"subject {topic}-key (id ", mismatch.Error, StringComparison.Ordinal);
        Assert.Contains(": --key has no field placed of the same type.\n", mismatch.Error, StringComparison.Ordinal);
        Assert.Contains("\"key\":{\"placed\":\"2026-01-31T12:00:01.000001Z\",\"id\":\"order-1\"}", dryRun.Output, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string>> ValuesAsync(Dictionary<string, string> environment) =>
        (await ReadAsync(environment)).Select(e => e.GetProperty("value").GetRawText());
}
