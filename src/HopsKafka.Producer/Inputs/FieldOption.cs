using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

/// <summary>Finds the field that an option names.</summary>
internal static class FieldOption
{
    /// <summary>Finds it.</summary>
    /// <exception cref="HopsKafkaException">The schema has no such field.</exception>
    public static AvroFieldReader Find(AvroType schema, string name, string option)
    {
        try
        {
            return new AvroFieldReader(schema, name);
        }
        catch (FormatException e)
        {
            var known = schema.Fields.Select(field => field.Name).ToList();
            var remedy = Suggestions.Find(name, [.. known, .. Nested(schema)]) is { } near ? $"Did you mean {near}?" : $"Its fields are {string.Join(", ", known.Take(20))}.";
            throw new HopsKafkaException($"Option {option} {name}: {e.Message}.", remedy, ExitCode.Usage, e);
        }
    }

    // Fields of records in the record, which is where a mistake is most likely.
    private static IEnumerable<string> Nested(AvroType schema) =>
        from field in schema.Fields
        from record in field.Type.Alternatives
        from inner in record.Fields
        select $"{field.Name}.{inner.Name}";
}
