using System.Text;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Consumer.Pictures;
using HopsKafka.Plotting;
using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>Outputs of avro-consumer -o json, drawn by --draw. The first byte says how.</summary>
internal sealed class SavedOutputTarget : FuzzTarget
{
    private static readonly PlotOptions[] s_ways =
    [
        new(),
        new() { Axis = FigureAxis.Step },
        new() { Axis = FigureAxis.Time },
        new() { Field = FieldPath.TryParse("place.rain"), By = PlotGroup.Partition, Axis = FigureAxis.Time },
        new() { Field = FieldPath.TryParse("value"), By = PlotGroup.Key, Unit = "°C" },
        new() { By = PlotGroup.TryParse("id"), Panels = 1 },
    ];

    private static readonly string[] s_samples =
    [
        string.Join('\n', Enumerable.Range(0, 3).Select(n => Event(n, $$"""{"timestamp":"2026-01-31T08:00:0{{n}}.000Z","id":"s{{n % 2}}","value":{{n}}.5}"""))) + "\n",
        Event(7, """{"timestamp":1764000000000,"id":"s1","value":"NaN","place":{"city":"Kiruna","rain":1.5}}""") + "\n" + Event(8, "null"),
    ];

    private readonly JsonMutator _mutator = new(
        s_samples, "\"topic\"", "\"partition\"", "\"offset\"", "\"timestamp\"", "\"value\"", "\"place\"", "\"rain\"", "\"tombstone\":true", "\"key_base64\"", "\"base64\"", "\"text\"",
        "1.7976931348623157e308", "-1.7976931348623157e308", "4.9e-324", "9223372036854775807", "253402300799999", "-62135596800000", "1" + new string('0', 400));

    public SavedOutputTarget()
        : base("saved-outputs")
    {
    }

    public override IReadOnlyList<byte[]> Samples { get; } = [.. s_samples.Select(s => (byte[])[0, .. Encoding.UTF8.GetBytes(s)])];

    public override bool WorksElsewhere => true;

    public override string Run(byte[] input)
    {
        var file = Folder.File("saved.jsonl");
        File.WriteAllBytes(file, input[1..]);
        var failed = 0;
        var output = Capture(() => failed = new DrawRun(s_ways[input[0]] with { File = Folder.File("p.svg"), Saved = [file] }).RunAsync(default).GetAwaiter().GetResult());
        return failed == 0 && output.Contains("Drawn to", StringComparison.Ordinal) ? "" : output;
    }

    protected override byte[] Make(Random random) => [(byte)random.Next(s_ways.Length), .. _mutator.Make(random)];

    private static string Event(int offset, string value) =>
        $$"""{"key":"s1","value":{{value}},"topic":"t","partition":0,"offset":{{offset}},"timestamp":"2026-01-31T08:00:00.000Z","headers":[{"name":"hops-step","text":"{{offset}}"},{"name":"b","base64":"/w=="}]}""";
}
