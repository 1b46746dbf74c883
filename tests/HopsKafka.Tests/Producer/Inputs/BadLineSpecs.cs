using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Producer.Inputs;

/// <summary>Lines that are not valid events.</summary>
public sealed class BadLineSpecs(SharedSandbox sandbox) : InputSpecs(sandbox)
{
    private static readonly string s_bad = Order(3).Replace("\"age\":23", "\"age\":1.5", StringComparison.Ordinal);

    [Fact]
    public async Task A_bad_line_ends_the_run_with_its_place_and_the_lines_before_it_are_delivered()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var file = Write("orders.jsonl", Order(1), Order(2), s_bad, Order(4));

        var result = await RunAsync(environment, 1, "--input", file, "-q");

        Assert.Equal("To continue execution start from line 3\n", result.Output);
        Assert.Contains($"error: orders.jsonl:3:{s_bad.IndexOf("1.5", StringComparison.Ordinal) + 1}: customer.age: 1.5 is ", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await ReadAsync(environment)).Count);
    }

    [Fact]
    public async Task A_skipped_line_is_logged_and_counted()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var file = Write("orders.jsonl", Order(1), s_bad, "{", Order(4));

        var result = await RunAsync(environment, 0, "--input", file, "-q", "--on-error", "skip");

        Assert.Equal("To continue execution start from line 5\n", result.Output);
        Assert.Contains("warning: orders.jsonl:2:", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: orders.jsonl:3:", result.Error, StringComparison.Ordinal);
        Assert.Contains("Delivered 2 (partition 0: 2), failed 0, 2 bad, in ", result.Error, StringComparison.Ordinal);
        Assert.Equal(["order-1", "order-4"], (await ReadAsync(environment)).Select(e => e.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task Empty_and_rejected_lines_are_not_missing_for_verify_and_a_lost_one_is()
    {
        var (_, environment) = await NewOrdersAsync(1);
        await RunAsync(environment, 0, "--input", Write("orders.jsonl", "", Order(1), "", s_bad, s_bad, "", Order(2), Order(3)), "-q", "--on-error", "skip");
        var sound = await VerifyAsync(environment);

        // The rest of another input, whose second line is nowhere.
        await RunAsync(environment, 0, "--input", Write("lost.jsonl", Order(1), Order(2), Order(3)), "-q", "--from-line", "3");
        await RunAsync(environment, 0, "--input", Write("lost.jsonl", Order(1)), "-q");
        var lost = await VerifyAsync(environment);

        Assert.True(sound.ExitCode == 0, $"{sound}");
        Assert.EndsWith("3 events of 1 input: nothing missing, all in order.\n", sound.Output, StringComparison.Ordinal);
        Assert.Equal(1, lost.ExitCode);
        Assert.Matches("Missing lines of [0-9a-f]{16}: 2\n", lost.Output);
    }

    [Fact]
    public async Task A_dead_letter_file_holds_the_lines_as_they_are_and_is_an_input_once_they_are_corrected()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var letters = PathOf("bad.jsonl");

        await RunAsync(environment, 0, "--input", Write("orders.jsonl", Order(1), s_bad, Order(4)), "-q", "--on-error", "dead-letter", letters);

        Assert.Equal(s_bad + "\n", await File.ReadAllTextAsync(letters));
        await File.WriteAllTextAsync(letters, s_bad.Replace("1.5", "15", StringComparison.Ordinal) + "\n");
        await RunAsync(environment, 0, "--input", letters, "-q");
        Assert.Equal(["order-1", "order-4", "order-3"], (await ReadAsync(environment)).Select(e => e.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task A_check_names_the_first_twenty_bad_lines_counts_the_others_and_sends_nothing()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var file = Write("orders.jsonl", [Order(1), .. Enumerable.Repeat(s_bad, 30), Order(2)]);

        var result = await RunAsync(environment, 1, "--input", file, "--check");

        Assert.Equal(20, result.Error.Split("warning: orders.jsonl:").Length - 1);
        Assert.EndsWith("orders.jsonl: 2 lines are valid, 30 are not. Nothing was sent.\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(await ReadAsync(environment));
    }

    [Fact]
    public async Task A_check_of_a_valid_file_succeeds()
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 0, "--input", Write("orders.jsonl", Order(1)), "--check");

        Assert.EndsWith("orders.jsonl: 1 line is valid, 0 are not. Nothing was sent.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_null_in_a_key_is_an_error_of_its_line()
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 1, "--input", Write("orders.jsonl", Order(1), Order(2, "null")), "--key", "customer.city", "-q");

        Assert.Contains("error: orders.jsonl:2: customer.city: it is null, and part of the key.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_fields_are_errors_unless_they_are_to_be_ignored()
    {
        var (_, environment) = await NewOrdersAsync(1);
        var file = Write("orders.jsonl", Order(1).Replace("\"note\"", "\"color\":\"red\",\"note\"", StringComparison.Ordinal));

        var refused = await RunAsync(environment, 1, "--input", file, "-q");
        await RunAsync(environment, 0, "--input", file, "-q", "--ignore-unknown-fields");

        Assert.Matches("color: .* has no such field; [^?]*\\.\n", refused.Error);
        Assert.Single(await ReadAsync(environment));
    }

    [Fact]
    public async Task A_suggestion_ends_the_sentence_of_a_bad_line()
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 1, "--input", Write("orders.jsonl", Order(1).Replace("\"note\"", "\"notes\"", StringComparison.Ordinal)), "--check");

        Assert.Contains("; did you mean note?\n", result.Error, StringComparison.Ordinal);
    }

    private Task<ToolResult> VerifyAsync(Dictionary<string, string> environment) =>
        User.RunAsync("avro-consumer", environment, "--verify", "--from", "beginning", "--exit-at-end", "--no-commit");

    [Fact]
    public async Task A_dead_letter_file_that_cannot_be_written_ends_the_run_and_names_the_line()
    {
        var (_, environment) = await NewOrdersAsync(1);

        var result = await RunAsync(environment, 2, "--input", Write("orders.jsonl", Order(1), s_bad), "-q", "--on-error", "dead-letter", PathOf("absent/bad.jsonl"));

        Assert.Contains("cannot be written: ", result.Error, StringComparison.Ordinal);
    }
}
