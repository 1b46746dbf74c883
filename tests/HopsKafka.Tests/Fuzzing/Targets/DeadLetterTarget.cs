using System.Buffers;
using System.Text;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Kafka;
using HopsKafka.Producer.Replaying;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>Files of dead letters, shown by avro-consumer --decode and read by avro-producer --replay.</summary>
internal sealed class DeadLetterTarget : FuzzTarget
{
    private static readonly string s_letter = Line("AAAAAAeAgICAwFwEczEAAAAAAAD4Pw==", SensorSchema.TutorialText, "");
    private static readonly string[] s_samples =
    [
        s_letter + "\n" + Line("AAAAAAIE", "\"int\"", """{"name":"hops-step","value_base64":"MQ=="},{"name":"none","value_base64":null}""") + "\n",
        s_letter.Replace("1764000000000", "null", StringComparison.Ordinal) + "\n\n",
    ];

    private readonly JsonMutator _mutator = new(
        [.. s_samples, Line("AAAAAAcA", "{}", """{"name":"subjectId","value_base64":"Nw=="},{"name":"operation","value_base64":"ZGVsZXRl"}""")],
        "\"key_base64\"", "\"value_base64\"", "\"headers\"", "[null]", "[{\"name\":null}]", "\"subjectId\"", "\"schema\"", "\"\\\"string\\\"\"", "\"partition\"", "\"timestamp_ms\"", "\"AAAAAAf/\"");

    public DeadLetterTarget()
        : base("dead-letters")
    {
    }

    public override IReadOnlyList<byte[]> Samples { get; } = [.. s_samples.Select(Encoding.UTF8.GetBytes)];

    public override string Run(byte[] input)
    {
        var file = Folder.File("letters.jsonl");
        File.WriteAllBytes(file, input);
        return string.Concat(new[] { OutputFormat.Text, OutputFormat.Json, OutputFormat.Csv }.Select(kind => Capture(() => Show(file, kind)))) + Capture(() => Replay(file));
    }

    protected override byte[] Make(Random random) => _mutator.Make(random);

    private static void Show(string file, OutputFormat kind)
    {
        using var format = new DeadLetterFormat(new OutputOptions { Kind = kind, Fields = kind == OutputFormat.Csv ? [FieldPath.TryParse("id")!] : null });
        foreach (var letter in Letters(file, "--decode"))
        {
            format.WriteAsync(new ArrayBufferWriter<byte>(), letter, default).GetAwaiter().GetResult();
        }
    }

    private static void Replay(string file)
    {
        var schemas = new SchemaCache<WriterSchema>(_ => Task.FromResult(SensorSchema.TutorialText), (id, text) => WriterSchema.Of(id, text, null));
        foreach (var letter in Letters(file, "--replay"))
        {
            ReplayRun.DecodeErrorAsync(letter, schemas, default).GetAwaiter().GetResult();
        }
    }

    private static IEnumerable<DeadLetter> Letters(string file, string option)
    {
        foreach (var line in DeadLetterFile.Read(file, option))
        {
            if (line.Letter is { } letter)
            {
                yield return letter;
            }
            else
            {
                HopsKafka.Cli.ConsoleLog.Warning($"{line.Number}: {line.Problem}", "test");
            }
        }
    }

    private static string Line(string value, string schema, string headers) =>
        $$"""{"topic":"t","partition":0,"offset":5,"timestamp_ms":1764000000000,"reason":"truncated","message":"cut off","schema":{{System.Text.Json.JsonSerializer.Serialize(schema)}},"key_base64":"czE=","value_base64":"{{value}}","headers":[{{headers}}]}""";
}
