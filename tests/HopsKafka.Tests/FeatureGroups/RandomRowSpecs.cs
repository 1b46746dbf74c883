using System.Text;
using System.Text.Json.Nodes;
using HopsKafka.FeatureGroups;

namespace HopsKafka.Tests.FeatureGroups;

public sealed class RandomRowSpecs
{
    private const int Groups = 60;
    private const int Rows = 10;

    [Fact]
    public void Rows_of_any_feature_group_are_read_back_as_they_were_written()
    {
        for (var seed = 0; seed < Groups; seed++)
        {
            var random = new Random(seed);
            var group = new RandomGroup(random);
            var encoder = new RowEncoder(RowLayout.Of("feature group random", group.Features, group.Text, null));
            for (var row = 0; row < Rows; row++)
            {
                Check(group, encoder, random, $"seed {seed}, row {row}");
            }
        }
    }

    private static void Check(RandomGroup group, RowEncoder encoder, Random random, string place)
    {
        var values = group.Features.Select(feature => new RandomRow(random).Of(Lower(feature.Type), feature.IsPrimaryKey)).ToList();
        var json = new JsonObject();
        foreach (var i in Enumerable.Range(0, values.Count).OrderBy(_ => random.Next()))
        {
            var name = group.Features[i].Name;
            json[random.Next(3) switch { 0 => name.ToUpperInvariant(), 1 => name.Replace('_', ' '), _ => name }] = values[i].Json;
        }

        try
        {
            var bytes = encoder.Encode(Encoding.UTF8.GetBytes(json.ToJsonString())).ToArray();

            var decoded = ReferenceDecoder.Decode(group.Text, group.Features, bytes);
            Assert.All(values, (value, i) => ReferenceDecoder.AssertSame(value.Avro, decoded[i]));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{place}: {group.Text} {json.ToJsonString()}", e);
        }
    }

    private static string Lower(string type) => type.ToLowerInvariant();
}
