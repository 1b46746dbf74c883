using System.CommandLine;
using System.Text;
using HopsKafka.Consumer.CommandLine;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.SchemaRegistry;
using HopsKafka.Tests.Consumer;
using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>Texts of --where, --fields, --from, --until and their neighbours, used on events. The first byte is the option.</summary>
internal sealed class WordsTarget : FuzzTarget
{
    private static readonly string[] s_options = ["--where", "--fields", "--from", "--until", "--partition", "--on-error", "--idle-exit"];

    private static readonly (int Option, string Text)[] s_samples =
    [
        (0, "id=sensor3"), (0, "value>=10"), (0, "r.a!=-1.5e3"), (0, "m.k<x"), (0, "d<=0.10"), (0, "t>2026-01-31T08:00:00Z"), (1, "id,r.a,m.k"), (2, "0:124,1:88"),
        (2, "2026-01-31T08:00:00Z"), (2, "-15m"), (2, "-0.5d"), (3, "124"), (3, "end"), (4, "0,1"), (5, "skip"), (6, "1.5"),
    ];

    private static readonly WriterSchema s_schema = Events.Record(
        """{"name":"id","type":"string"}""", """{"name":"value","type":"double"}""", """{"name":"f","type":"float"}""", """{"name":"n","type":["null","long"]}""",
        """{"name":"r","type":{"type":"record","name":"Inner","fields":[{"name":"a","type":"int"}]}}""", """{"name":"m","type":{"type":"map","values":"string"}}""",
        """{"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}""", """{"name":"t","type":{"type":"long","logicalType":"timestamp-millis"}}""");

    private readonly RootCommand _command = new();
    private readonly TextMutator _mutator = new(
        [.. s_samples.Select(s => s.Text)], "<", ">", "=", "!", "<=", ">=", "!=", "id", "value", "f", "n", "r", "r.a", "m", "m.k", "d", "t", "..", "1e99999999", "1e-99999999", "1e2147483647", "1e-2147483648",
        "9e2500", new string('9', 3000), "-1h", "-99999999999d", "-365000d", "-1e5d", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0000-00-00", "2026-02-30", "committed", "beginning", "@x", "--", "-", "[x]");

    public WordsTarget()
        : base("words")
    {
        OutputOptionGroup.AddTo(_command);
        PositionOptionGroup.AddTo(_command);
    }

    public override IReadOnlyList<byte[]> Samples { get; } = [.. s_samples.Select(s => (byte[])[(byte)s.Option, .. Encoding.UTF8.GetBytes(s.Text)])];

    public override string Run(byte[] input)
    {
        var option = s_options[input[0]];
        string[] more = option == "--from" ? ["--partition", "0"] : [];
        // No argument of a process holds a NUL.
        var parsed = _command.Parse([option, Encoding.UTF8.GetString(input.AsSpan(1)).Replace('\0', '0'), .. more]);
        if (parsed.Errors.Count > 0)
        {
            return string.Join('\n', parsed.Errors.Select(e => e.Message));
        }

        return Capture(() =>
        {
            PositionOptionGroup.Positions(parsed, false);
            PositionOptionGroup.Errors(parsed);
            var output = OutputOptionGroup.Read(parsed);
            var one = Events.OfDatum(s_schema, Datum());
            new EventFilter(output.Conditions, output.Key).IsMet(one);

            foreach (var kind in new[] { OutputFormat.Text, OutputFormat.Json, OutputFormat.Csv })
            {
                using var format = (output with { Kind = kind }).CreateFormat();
                format.Write(new ChunkedBuffer(), one);
            }
        });
    }

    protected override byte[] Make(Random random)
    {
        var sample = random.Next(s_samples.Length);
        return [(byte)s_samples[sample].Option, .. random.Next(4) == 0 ? _mutator.Make(random) : Encoding.UTF8.GetBytes(_mutator.Mutate(random, sample))];
    }

    private static byte[] Datum() =>
    [
        4, (byte)'s', (byte)'3', 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0xC0, 0x3F, 2, 14, 9, 2, 2, (byte)'k', 2, (byte)'v', 0, 4, 0x01, 0x02, 0x80, 0xC0, 0xB0, 0xE6, 0xAE, 0x66,
    ];
}
