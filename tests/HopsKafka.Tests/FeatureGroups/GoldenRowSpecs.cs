using System.Text;
using HopsKafka.Avro;
using HopsKafka.FeatureGroups;
using HopsKafka.JsonEncoding;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.FeatureGroups;

public sealed class GoldenRowSpecs
{
    public static TheoryData<string> Vectors => GoldenGroup.Names("vectors");

    public static TheoryData<string> Errors => [.. GoldenGroup.Names("errors").Select(row => row.Data).Except([.. s_valid, .. s_storages])];

    private static readonly string[] s_storages = ["online storage of a group that has none", "unknown storage"];

    // pandas has other types than JSON: what is a number or a time in JSON is a value of these features.
    private static readonly string[] s_valid = ["int into double", "text into timestamp"];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_row_is_written_as_the_official_client_writes_it(string name)
    {
        var vector = GoldenGroup.Find("vectors", name);
        var encoder = new RowEncoder(GoldenGroup.Layout(vector), vector.GetProperty("operation").GetString() == "delete");

        var value = encoder.Encode(Encoding.UTF8.GetBytes(vector.GetProperty("row").GetRawText()));

        Assert.Equal(vector.GetProperty("value").GetString(), Convert.ToHexStringLower(value));
        Assert.Equal(vector.GetProperty("key").GetString(), Encoding.UTF8.GetString(encoder.Key));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void What_the_official_client_wrote_is_read_as_a_row_that_is_written_alike(string name)
    {
        var vector = GoldenGroup.Find("vectors", name);
        var value = vector.GetProperty("value").GetString()!;
        var schema = WriterSchema.Of(1, vector.GetProperty("featureGroup").GetProperty("schema").GetString()!, null);
        var encoder = new RowEncoder(GoldenGroup.Layout(vector), vector.GetProperty("operation").GetString() == "delete");

        var row = AvroJson.TextOf(schema.DecodeFeatures(Convert.FromHexString(value)));

        Assert.Equal(value, Convert.ToHexStringLower(encoder.Encode(Encoding.UTF8.GetBytes(row))));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_row_that_the_official_client_refuses_is_refused(string name)
    {
        var error = GoldenGroup.Find("errors", name);
        var encoder = new RowEncoder(GoldenGroup.Layout(error), error.GetProperty("operation").GetString() == "delete");

        var e = Assert.Throws<AvroEncodingException>(() => encoder.Encode(Encoding.UTF8.GetBytes(error.GetProperty("row").GetRawText())));

        TestContext.Current.TestOutputHelper!.WriteLine(e.Message);
    }

    [Theory]
    [InlineData("int into double")]
    [InlineData("text into timestamp")]
    public void What_only_pandas_distinguishes_is_a_value_in_JSON(string name)
    {
        var row = GoldenGroup.Find("errors", name);

        Assert.NotEqual(0, new RowEncoder(GoldenGroup.Layout(row)).Encode(Encoding.UTF8.GetBytes(row.GetProperty("row").GetRawText())).Length);
    }
}
