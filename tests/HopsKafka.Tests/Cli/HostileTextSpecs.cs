using System.Text.Json;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Diagnostics;
using HopsKafka.Kafka;
using HopsKafka.SchemaRegistry;
using HopsKafka.TestKit;
using HopsKafka.Tests.Consumer;
using HopsKafka.Tool.Doctor;
using HopsKafka.Tool.Groups;

namespace HopsKafka.Tests.Cli;

/// <summary>Texts from outside (names, messages, values) neither steer a terminal, nor break a line, nor turn its order round.</summary>
public sealed class HostileTextSpecs
{
    // Clear the screen, set the title, go back to the start of the line, a line of one's own, bidi controls, separators, C1's CSI.
    private const string Hostile = "a\u001b[2J\u001b]0;t\u0007\rb\nc\u202ed\u2066e\u200ff\u061cg\u2028h\u2029i\u009b31mj\u007f";

    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    [Fact]
    public void Lines_on_stderr_are_the_last_guard()
    {
        var lines = new List<string>();

        using (TestCommandContext.Use(lines.Add))
        {
            ConsoleLog.Info(Hostile);
            ConsoleLog.Warning(Hostile, "test", [Hostile, "plain é 😀"]);
            ConsoleLog.Error(Hostile, Hostile);
        }

        Assert.Equal([1, 3, 2], lines.Select(text => text.Count(c => c == '\n')));
        Assert.DoesNotContain(string.Concat(lines).Replace("\n", "", StringComparison.Ordinal), IsUnsafe);
        Assert.Contains("\n    plain é 😀\n", lines[1], StringComparison.Ordinal);
        Assert.Contains("a\\u001b[2J", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_shown_of_a_group_is_escaped()
    {
        var topic = new Confluent.Kafka.TopicPartition(Hostile, 0);
        var group = new ConsumerGroup(
            Hostile, "Stable", [new GroupMember("1", Hostile, Hostile, [topic]), new GroupMember("2", Hostile, Hostile, [])],
            [new GroupPartition(Hostile, 0, 1, 0, 2)], Hostile);
        using var stdout = new MemoryStream();

        using (TestCommandContext.Use(_ => { }, stdout))
        {
            GroupTable.Write(group);
            GroupTable.Write([new GroupListing(Hostile, "Stable", 1)]);
        }

        var shown = System.Text.Encoding.UTF8.GetString(stdout.ToArray());
        Assert.DoesNotContain(shown.Replace("\n", "", StringComparison.Ordinal), IsUnsafe);
        Assert.Equal(8, shown.Split("a\\u001b[2J").Length - 1);
    }

    [Fact]
    public void What_the_doctor_found_is_escaped()
    {
        var check = new CheckResult(Hostile, CheckStatus.Failed, Hostile, Hostile, Hostile, TimeSpan.Zero);

        var text = DoctorText.Of(check);

        Assert.Equal(2, text.Count(c => c == '\n'));
        Assert.DoesNotContain(text.Replace("\n", "", StringComparison.Ordinal), IsUnsafe);
    }

    [Fact]
    public void Names_in_messages_are_escaped()
    {
        Assert.DoesNotContain(DisplayText.Of(Hostile), IsUnsafe);
        Assert.DoesNotContain(QuotedText.Value(Hostile), IsUnsafe);
        Assert.DoesNotContain(QuotedText.Key(Hostile), IsUnsafe);
        Assert.DoesNotContain($"{new ServerAddress(Hostile, 1)}", IsUnsafe);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void A_text_in_an_event_is_escaped(string kind)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(Hostile);
        var schema = Events.Record("""{"name":"s","type":"string"}""", """{"name":"m","type":{"type":"map","values":"string"}}""");
        byte[] one = [.. Varint(utf8.Length), .. utf8];
        var decoded = Events.OfDatum(schema, [.. one, 2, .. one, .. one, 0], Hostile);
        using var format = new OutputOptions { Kind = Enum.Parse<OutputFormat>(kind, ignoreCase: true) }.CreateFormat();

        var shown = Events.Written(format, decoded);

        Assert.DoesNotContain(shown.Replace("\n", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal), IsUnsafe);
        if (kind == "json")
        {
            using var json = JsonDocument.Parse(shown);
            Assert.Equal(Hostile, json.RootElement.GetProperty("key").GetString());
            Assert.Equal(Hostile, json.RootElement.GetProperty("value").GetProperty("s").GetString());
            Assert.Equal(Hostile, json.RootElement.GetProperty("value").GetProperty("m").GetProperty(Hostile).GetString());
        }
    }

    private static byte[] Varint(int length) => [(byte)((length * 2 & 0x7F) | (length * 2 > 0x7F ? 0x80 : 0)), .. length * 2 > 0x7F ? new[] { (byte)(length * 2 >> 7) } : []];
}
