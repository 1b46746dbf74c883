using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HopsKafka.FeatureGroups;
using HopsKafka.JsonEncoding;
using HopsKafka.Tests.FeatureGroups;
using HopsKafka.Tests.Fuzzing.Mutation;

namespace HopsKafka.Tests.Fuzzing.Targets;

/// <summary>
/// Rows of feature groups: the first byte is the feature group. A row is either refused at a place of its own, or Apache.Avro reads its values back; and a refused row leaves nothing
/// behind in the encoder.
/// </summary>
internal sealed class RowTarget : FuzzTarget
{
    private const int Groups = 12;
    private const int RowsEach = 4;

    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 1000 };

    private readonly List<Group> _groups = [.. Enumerable.Range(1, Groups).Select(seed => new Group(new Random(seed)))];

    public RowTarget()
        : base("rows") => Samples = [.. _groups.Select((group, i) => (byte[])[(byte)i, .. Encoding.UTF8.GetBytes(group.Rows[0])])];

    public override IReadOnlyList<byte[]> Samples { get; }

    public override string Run(byte[] input)
    {
        var group = _groups[input[0]];
        var json = input[1..];
        try
        {
            var row = group.Encoder.Encode(json).ToArray();
            AssertSame(group.Features, json, ReferenceDecoder.Decode(group.Schema, group.Features, row));
            return "";
        }
        catch (AvroEncodingException e)
        {
            Assert.InRange(e.Offset, 0, json.Length);
            Assert.NotEmpty(e.Reason);
            Assert.Equal(group.FirstRow, group.Encoder.Encode(Encoding.UTF8.GetBytes(group.Rows[0])).ToArray());
            return e.Message;
        }
    }

    protected override byte[] Make(Random random)
    {
        var i = random.Next(_groups.Count);
        return [(byte)i, .. random.Next(4) == 0 ? Encoding.UTF8.GetBytes(_groups[i].NewRow(random)) : _groups[i].Mutator.Make(random)];
    }

    private static void AssertSame(IReadOnlyList<Feature> features, byte[] json, List<object?> decoded)
    {
        using var document = JsonDocument.Parse(json, s_deep);
        var members = document.RootElement.EnumerateObject().ToDictionary(member => member.Name.ToLowerInvariant().Replace(' ', '_'), member => member.Value);
        Assert.Equal(features.Select(feature => feature.Name).Order(StringComparer.Ordinal), members.Keys.Order(StringComparer.Ordinal));
        foreach (var (feature, value) in features.Zip(decoded))
        {
            RowComparison.AssertSame(members[feature.Name], feature.Type.ToLowerInvariant(), value);
        }
    }

    private sealed class Group
    {
        public Group(Random random)
        {
            var group = new RandomGroup(random);
            (Features, Schema) = (group.Features, group.Text);
            Encoder = new RowEncoder(RowLayout.Of("feature group random", Features, Schema, null));
            Rows = [.. Enumerable.Range(0, RowsEach).Select(_ => NewRow(random))];
            FirstRow = Encoder.Encode(Encoding.UTF8.GetBytes(Rows[0])).ToArray();
            Mutator = new JsonMutator(
                Rows, "\"f_0\"", "\"F 0\"", "\"f_1\"", "\"m0\"", "\"M0\"", "127", "128", "-129", "32768", "1.0", "1e2", "3.5e38", "\"Infinity\"", "\"-NaN\"", "\"2024-02-30\"", "\"2024-05-01\"",
                "\"2024-05-01T10:00:00.1234567+14:00\"", "\"0001-01-01T00:00:00+01:00\"", "\"12.50\"", "\"1e3\"", "\"1_0\"", "\"999999999999999999999.5\"", "\"\\ud83d\\ude00\"", "{\"a\":{\"a\":null}}");
        }

        public IReadOnlyList<Feature> Features { get; }

        public string Schema { get; }

        public RowEncoder Encoder { get; }

        public IReadOnlyList<string> Rows { get; }

        public byte[] FirstRow { get; }

        public JsonMutator Mutator { get; }

        public string NewRow(Random random)
        {
            var json = new JsonObject();
            foreach (var feature in Features.OrderBy(_ => random.Next()))
            {
                json[feature.Name] = new RandomRow(random).Of(feature.Type.ToLowerInvariant(), feature.IsPrimaryKey).Json;
            }

            return json.ToJsonString();
        }
    }
}
