using Avro;
using HopsKafka.Avro;

namespace HopsKafka.Tests.Avro;

public sealed class CanonicalFormSpecs
{
    [Theory]
    [MemberData(nameof(AnySchemaSpecs.Firsts), MemberType = typeof(AnySchemaSpecs))]
    public void It_is_that_of_apache_avro(int first)
    {
        for (var seed = first; seed < first + AnySchemaSpecs.SeedsPerCase; seed++)
        {
            var text = new RandomSchema(new Random(seed)).Text();

            Assert.Equal(SchemaNormalization.ToParsingForm(ApacheSchema.Plain(text)), CanonicalForm.Of(AvroType.Parse(text)));
        }
    }

    [Theory]
    [InlineData("""{"type":"int","logicalType":"date"}""", "\"int\"")]
    [InlineData("""["null",{"type":"array","items":{"type":"string"}}]""", """["null",{"type":"array","items":"string"}]""")]
    [InlineData("""{"type":"map","values":"long","doc":"x"}""", """{"type":"map","values":"long"}""")]
    [InlineData(
        """{"type":"record","doc":"d","aliases":["Old"],"name":"R","namespace":"a.b","fields":[{"name":"next","type":["null","R"],"default":null,"order":"ignore"}]}""",
        """{"name":"a.b.R","type":"record","fields":[{"name":"next","type":["null","a.b.R"]}]}""")]
    [InlineData(
        """{"type":"fixed","size":4,"name":"F","logicalType":"decimal","precision":4}""", """{"name":"F","type":"fixed","size":4}""")]
    [InlineData("""{"type":"enum","symbols":["A","B"],"default":"A","name":"n.E"}""", """{"name":"n.E","type":"enum","symbols":["A","B"]}""")]
    public void It_has_nothing_but_what_the_bytes_depend_on(string text, string form) => Assert.Equal(form, CanonicalForm.Of(AvroType.Parse(text)));
}
