using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Sensors;

namespace HopsKafka.SchemaRegistry;

/// <summary>Describes the differences of the local schema and a registered one, field by field.</summary>
/// <param name="Match">The result of the comparison.</param>
/// <param name="Lines">A line for each field that differs, local against registered; none when they are the same.</param>
internal sealed record SchemaDifference(SchemaMatch Match, IReadOnlyList<string> Lines)
{
    private const string BesideExplained =
        "A logicalType beside the type, as on the tutorial's page, is only a property of the field: Avro reads the plain type, "
        + "so the bytes are the same.";

    /// <summary>Compares two schemas.</summary>
    public static SchemaDifference Between(LocalSchema local, string registered)
    {
        ArgumentNullException.ThrowIfNull(local);
        try
        {
            var other = AvroType.Parse(registered);
            return JsonElement.DeepEquals(AvroSchemaParser.ParseJson(local.Text), AvroSchemaParser.ParseJson(registered))
                ? new SchemaDifference(SchemaMatch.Same, [])
                : Between(local.Type, other);
        }
        catch (InvalidSchemaException e)
        {
            return new SchemaDifference(SchemaMatch.Different, [$"the registered schema cannot be used: {e.Message}"]);
        }
    }

    private static SchemaDifference Between(AvroType local, AvroType registered)
    {
        var (ours, theirs) = (local.Fields.ToDictionary(f => f.Name), registered.Fields.ToDictionary(f => f.Name));
        var meanings = OtherMeanings(ours, theirs).ToList();
        var same = CanonicalForm.Of(local) == CanonicalForm.Of(registered) && meanings.Count == 0;
        var lines = OfRoots(local, registered).Concat(OfFields(ours, theirs)).Concat(meanings).ToList();
        if (lines.Count == 0)
        {
            lines.Add(same ? "they differ outside the fields (doc, properties, spelling)" : "they differ inside a type that both call by the same name");
        }

        return new SchemaDifference(same ? SchemaMatch.SameBytes : SchemaMatch.Different, lines);
    }

    private static IEnumerable<string> OfRoots(AvroType local, AvroType registered)
    {
        if (local.Kind != registered.Kind)
        {
            return [$"the local schema is a {local.Kind}, the registered one a {registered.Kind}"];
        }

        var (ours, theirs) = (Order(local, registered), Order(registered, local));
        string?[] lines =
        [
            local.Name == registered.Name ? null : $"name: local {local.Name!.Full}; registered {registered.Name!.Full}",
            ours == theirs ? null : $"order of the fields: local {ours}; registered {theirs}",
        ];
        return lines.OfType<string>();
    }

    private static IEnumerable<string> OfFields(Dictionary<string, AvroField> local, Dictionary<string, AvroField> registered)
    {
        foreach (var (name, field) in local)
        {
            var ours = FieldDescription.Of(field);
            if (!registered.TryGetValue(name, out var other))
            {
                yield return $"{name}: only local ({ours})";
            }
            else if (FieldDescription.Of(other) is var theirs && ours != theirs)
            {
                yield return $"{name}: local {ours}; registered {theirs}";
                if (FieldDescription.HasLogicalTypeBeside(field) != FieldDescription.HasLogicalTypeBeside(other))
                {
                    yield return BesideExplained;
                }
            }
        }

        foreach (var (name, field) in registered.Where(f => !local.ContainsKey(f.Key)))
        {
            yield return $"{name}: only registered ({FieldDescription.Of(field)})";
        }
    }

    // The Parsing Canonical Form leaves logical types out; where both have one, they must agree.
    private static IEnumerable<string> OtherMeanings(Dictionary<string, AvroField> local, Dictionary<string, AvroField> registered) =>
        from name in local.Keys
        where registered.ContainsKey(name)
        let ours = local[name].Type.LogicalNames.ToList()
        let theirs = registered[name].Type.LogicalNames.ToList()
        where Conflicts(name, ours, theirs)
        select $"{name}: the same bytes would mean something else as {string.Join(", ", theirs.Select(t => DisplayText.Of(t)))}";

    // A plain long timestamp counts milliseconds, as everywhere in the tutorial.
    private static bool Conflicts(string name, List<string> ours, List<string> theirs) =>
        theirs.Count > 0 && !ours.SequenceEqual(theirs) && (ours.Count > 0 || (name == "timestamp" && theirs.Any(t => t != SensorSchema.Millis)));

    // The order of what both have: a field that only one has is a difference of its own.
    private static string Order(AvroType record, AvroType other) =>
        string.Join(", ", record.Fields.Select(f => f.Name).Intersect(other.Fields.Select(f => f.Name)));
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

/// <summary>The description of a field: its type, its default, and its other attributes.</summary>
internal static class FieldDescription
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    public static string Of(AvroField field)
    {
        var attributes = field.Json.EnumerateObject().Where(p => p.Name is not "name" and not "type").OrderBy(p => p.Name, StringComparer.Ordinal);
        return DisplayText.Of(OfType(field.Json.GetProperty("type")) + string.Concat(attributes.Select(p =>
            p.Name == LogicalType.Attribute ? $" with logicalType {p.Value} beside it" : $", {p.Name} {Compact(p.Value)}")));
    }

    /// <summary>Whether a logical type is an attribute of the field, as in the tutorial's page, where Avro ignores it.</summary>
    public static bool HasLogicalTypeBeside(AvroField field) => field.Props.Any(p => p.Key == LogicalType.Attribute);

    private static string OfType(JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.String => type.ToString(),
        JsonValueKind.Array => string.Join(" or ", type.EnumerateArray().Select(OfType)),
        _ when type.EnumerateObject().All(p => p.Name is "type" or LogicalType.Attribute) =>
            type.TryGetProperty(LogicalType.Attribute, out var logical) ? $"{type.GetProperty("type")} ({logical})" : type.GetProperty("type").ToString(),
        _ => Compact(type),
    };

    private static string Compact(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_plain))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
