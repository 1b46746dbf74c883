using System.Text.Json.Nodes;
using Avro;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Sensors;

namespace HopsKafka.SchemaRegistry;

/// <summary>Compares the local schema with a registered one, field by field, in words.</summary>
/// <param name="Match">What the comparison came to.</param>
/// <param name="Lines">A line for each field that differs, local against registered; none when they are the same.</param>
internal sealed record SchemaDifference(SchemaMatch Match, IReadOnlyList<string> Lines)
{
    private const string BesideExplained =
        "A logicalType beside the type, as on the tutorial's page, is a mere note on the field: Avro takes the type as plain, "
        + "so the bytes are the same.";

    /// <summary>Compares.</summary>
    /// <param name="local">The local schema.</param>
    /// <param name="registered">The registered text.</param>
    /// <returns>The difference.</returns>
    public static SchemaDifference Between(LocalSchema local, string registered)
    {
        ArgumentNullException.ThrowIfNull(local);
        try
        {
            return Between(local.Avro, AvroSchemaText.Parse(registered));
        }
        catch (FormatException e)
        {
            return new SchemaDifference(SchemaMatch.Different, [$"the registered schema cannot be used: {e.Message}"]);
        }
    }

    private static SchemaDifference Between(AvroSchemaText local, AvroSchemaText registered)
    {
        if (JsonNode.DeepEquals(local.Json, registered.Json))
        {
            return new SchemaDifference(SchemaMatch.Same, []);
        }

        var meanings = OtherMeanings(local, registered).ToList();
        var same = local.Canonical == registered.Canonical && meanings.Count == 0;
        var lines = OfWholes(local.Plain, registered.Plain).Concat(OfFields(local, registered)).Concat(meanings).ToList();
        if (lines.Count == 0)
        {
            lines.Add(same ? "they differ outside the fields (doc, properties, spelling)" : "they differ inside a type that both call by the same name");
        }

        return new SchemaDifference(same ? SchemaMatch.SameBytes : SchemaMatch.Different, lines);
    }

    private static IEnumerable<string> OfWholes(global::Avro.Schema local, global::Avro.Schema registered)
    {
        if (local.Tag != registered.Tag)
        {
            yield return $"the local schema is a {AvroSchemaText.TypeName(local.Tag)}, the registered one a "
                + $"{AvroSchemaText.TypeName(registered.Tag)}";
            yield break;
        }

        if (local is NamedSchema ours && registered is NamedSchema theirs && ours.Fullname != theirs.Fullname)
        {
            yield return $"name: local {ours.Fullname}; registered {theirs.Fullname}";
        }

        if (local is RecordSchema mine && registered is RecordSchema other && Order(mine, other) != Order(other, mine))
        {
            yield return $"order of the fields: local {Order(mine, other)}; registered {Order(other, mine)}";
        }
    }

    private static IEnumerable<string> OfFields(AvroSchemaText local, AvroSchemaText registered)
    {
        var (ours, theirs) = (local.Fields(), registered.Fields());
        foreach (var (name, field) in ours)
        {
            if (!theirs.TryGetValue(name, out var other))
            {
                yield return $"{name}: only local ({FieldDescription.Of(field)})";
            }
            else if (FieldDescription.Of(field) != FieldDescription.Of(other))
            {
                yield return $"{name}: local {FieldDescription.Of(field)}; registered {FieldDescription.Of(other)}";
                if (FieldDescription.HasLogicalTypeBeside(field) != FieldDescription.HasLogicalTypeBeside(other))
                {
                    yield return BesideExplained;
                }
            }
        }

        foreach (var (name, field) in theirs.Where(f => !ours.ContainsKey(f.Key)))
        {
            yield return $"{name}: only registered ({FieldDescription.Of(field)})";
        }
    }

    // The Parsing Canonical Form leaves logical types out; where both have one, they must agree.
    private static IEnumerable<string> OtherMeanings(AvroSchemaText local, AvroSchemaText registered) =>
        from name in local.Fields().Keys
        let ours = local.LogicalTypesOf(name).ToList()
        let theirs = registered.LogicalTypesOf(name).ToList()
        where registered.Fields().ContainsKey(name) && Conflicts(name, ours, theirs)
        select $"{name}: the same bytes would mean something else as {string.Join(", ", theirs.Select(t => DisplayText.Of(t)))}";

    // A plain long timestamp counts milliseconds, as everywhere in the tutorial.
    private static bool Conflicts(string name, List<string> ours, List<string> theirs) =>
        theirs.Count > 0 && !ours.SequenceEqual(theirs) && (ours.Count > 0 || (name == "timestamp" && theirs.Any(t => t != SensorSchema.Millis)));

    // The order of what both have: a field that only one has is a difference of its own.
    private static string Order(RecordSchema record, RecordSchema other) =>
        string.Join(", ", record.Fields.Select(f => f.Name).Where(other.Contains));
}

/// <summary>How a registered schema compares with the local one.</summary>
internal enum SchemaMatch
{
    /// <summary>Other bytes, or the same bytes with another meaning.</summary>
    Different,

    /// <summary>Another text that writes the same bytes with the same meaning.</summary>
    SameBytes,

    /// <summary>The same schema.</summary>
    Same,
}
