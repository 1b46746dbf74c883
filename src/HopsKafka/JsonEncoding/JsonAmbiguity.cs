using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>What JSON without tags cannot carry back.</summary>
/// <param name="Path">Where in the schema: <c>customer.items[].price</c>, <c>{}</c> for the values of a map; empty for the schema itself.</param>
/// <param name="Branch">The branch whose values may come back as those of another one.</param>
/// <param name="Reason">As which, as a sentence.</param>
internal sealed record JsonAmbiguity(string Path, AvroType Branch, string Reason);
