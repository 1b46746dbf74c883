using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HopsKafka.Sensors;
using HopsKafka.TestKit;
using HopsKafka.Tests.EndToEnd;

namespace HopsKafka.Tests.Consumer;

public sealed class ConsumerPictureSpecs(SharedSandbox sandbox) : SharedToolSpecs(sandbox.User)
{
    [Theory]
    [InlineData("step", "step")]
    [InlineData("time", "event time (UTC) 20")]
    public async Task An_svg_shows_the_last_value_of_each_sensor_over_steps_or_time(string axis, string label)
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "40", "-d", "0", "-q");

        var result = await User.RunAsync(
            "avro-consumer", topic, "-g", "svg", "--exit-at-end", "-q", "--plot", $"{User.Folder}/{topic}.svg", "--x", axis, "--plot-every", "0.1");

        Assert.Equal(0, result.ExitCode);
        var texts = Texts($"{topic}.svg");
        Assert.Contains(label, texts, StringComparison.Ordinal);
        Assert.Contains("partition|0|1", texts, StringComparison.Ordinal);
        Assert.All(SensorShape.Tutorial, shape => Assert.Contains($"40 events|{shape.Id}|{LastOf(shape, 40)}|", texts, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_events_carry_a_step_it_is_the_axis_and_the_label_counts_what_is_shown()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "40", "-t", "100", "-d", "0", "-q");
        var result = await User.RunAsync("avro-consumer", topic, "-g", "default", "--exit-at-end", "-q", "--plot", $"{User.Folder}/{topic}.svg");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("|step (40 events of each sensor)|", Texts($"{topic}.svg"), StringComparison.Ordinal);
        Assert.Contains("|120|", Texts($"{topic}.svg"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_member_names_itself_and_greys_what_went_to_another_member()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "40", "-d", "0", "-q");
        await using var one = User.Start("avro-consumer", topic, "-g", "members", "-q", "--plot", $"{User.Folder}/{topic}-one.svg");
        await Poll.UntilAsync("the first picture", () => Has("one", "40 events|sensor7|"));
        var before = Texts($"{topic}-one.svg");

        await using var two = User.Start("avro-consumer", topic, "-g", "members", "-q", "--plot", $"{User.Folder}/{topic}-two.svg");
        await Poll.UntilAsync("a grey panel", () => Has("one", "partition 1 revoked") || Has("one", "partition 0 revoked"), () => Texts($"{topic}-one.svg"));
        await ProduceAsync(topic, "-e", "10", "-t", "40", "-d", "0", "-q");
        await Poll.UntilAsync("the second picture", () => Has("two", " events|sensor"));
        two.Interrupt();
        Assert.Equal(0, (await two.WaitForExitAsync()).ExitCode);
        one.Interrupt();
        Assert.Equal(0, (await one.WaitForExitAsync()).ExitCode);

        Assert.DoesNotContain("revoked", before, StringComparison.Ordinal);
        var members = new[] { "one", "two" }.Select(name => Regex.Match(Texts($"{topic}-{name}.svg"), @"\bmember ([^|]+)\|").Groups[1].Value).ToList();
        Assert.All(members, Assert.NotEmpty);
        Assert.NotEqual(members[0], members[1]);
        // What a member gives up when it ends went nowhere.
        Assert.DoesNotContain("revoked", Texts($"{topic}-two.svg"), StringComparison.Ordinal);

        bool Has(string name, string text) =>
            File.Exists(Path.Combine(User.Folder, $"{topic}-{name}.svg")) && Texts($"{topic}-{name}.svg").Contains(text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_nobody_has_is_logged_once_with_those_that_are_there_and_costs_no_event()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "5", "-d", "0", "-q");

        var result = await User.RunAsync(
            "avro-consumer", topic, "-g", "absent", "--exit-at-end", "--plot", $"{User.Folder}/{topic}.png", "--plot-field", "humidity");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(40, Readings.Of(result).Count);
        Assert.Contains(
            "is not drawn: it has no field humidity (--plot-field). Numeric fields of its schema: timestamp, value.", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.Error.Split("is not drawn").Length);
        Assert.Contains("40 events had nothing to draw.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_schemas_are_drawn_when_options_say_what_to_draw()
    {
        // With another name for the sensors' record, theirs is a schema like any other.
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "5", "-d", "0", "-q");
        var other = SandboxUser.Of(topic, ("HOPSKAFKA_KAFKA__SCHEMA", "weather"));

        var unsaid = await User.RunAsync("avro-consumer", other, "-g", "unsaid", "--exit-at-end", "-q", "--plot", $"{User.Folder}/{topic}.svg");
        var said = await User.RunAsync(
            "avro-consumer", other, "--partition", "0,1", "--from", "beginning", "--exit-at-end", "-q", "--plot", $"{User.Folder}/{topic}.svg",
            "--plot-field", "value", "--plot-by", "_partition");

        Assert.Equal((0, 0), (unsaid.ExitCode, said.ExitCode));
        Assert.Contains(
            "it is not a sensor reading. Name what to draw, such as --plot-field timestamp, and what makes a panel with --plot-by. "
            + "Its numeric fields: timestamp, value.", unsaid.Error, StringComparison.Ordinal);
        Assert.Contains("20 events|partition 0|", Texts($"{topic}.svg"), StringComparison.Ordinal);
        Assert.Contains("step (20 events of each partition)", Texts($"{topic}.svg"), StringComparison.Ordinal);
        Assert.Contains($"{topic} · partitions 0, 1", Texts($"{topic}.svg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saved_outputs_of_several_members_make_one_picture_without_a_cluster()
    {
        var topic = await User.NewTopicAsync();
        await ProduceAsync(topic, "-e", "30", "-d", "0", "-q");
        var saved = (await User.RunAsync("avro-consumer", topic, "-g", "saved", "--exit-at-end", "-o", "json")).Output.TrimEnd('\n').Split('\n');
        using var folder = new TempDir();
        // Two members, of which the second read 40 events of the first again; the later half comes first.
        folder.Write("a.jsonl", string.Join('\n', saved[120..]));
        folder.Write("b.jsonl", string.Join('\n', saved[..160]) + "\n");

        await using var draw = ToolProcess.Start(
            "avro-consumer", folder.Path, null, "--draw", "a.jsonl", "b.jsonl", "--plot", "all.svg", "--x", "step");
        var result = await draw.WaitForExitAsync();

        Assert.Equal(
            (0, "Read 240 events from 2 files, 40 duplicates skipped.\nDrawn to all.svg.\n"), (result.ExitCode, result.Error));
        var texts = Texts(folder.File("all.svg"));
        Assert.Contains($"{topic} · 2 files|", texts, StringComparison.Ordinal);
        Assert.Contains("partition|0|1", texts, StringComparison.Ordinal);
        Assert.All(SensorShape.Tutorial, shape => Assert.Contains($"30 events|{shape.Id}|{LastOf(shape, 30)}|", texts, StringComparison.Ordinal));
    }

    private string Texts(string file) => string.Join('|', XDocument.Load(Path.Combine(User.Folder, file))
        .Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim())) + "|";

    private static string LastOf(SensorShape shape, int steps) =>
        new SensorSeries(shape).ValueAt(steps - 1).ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');
}
