using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>
/// Finds the branches of unions whose values, as <see cref="AvroJson"/> writes them, also fit an earlier branch, which
/// <see cref="AvroJsonEncoder"/> then chooses. It is about types: a value that no writer should make (a key that stands twice, a decimal
/// with needless bytes or too many digits, a uuid that is none) comes back in its usual form, or is refused.
/// </summary>
internal sealed class JsonAmbiguities
{
    private readonly List<JsonAmbiguity> _found = [];
    private readonly HashSet<AvroType> _seen = [];
    private readonly Dictionary<(AvroType Earlier, AvroType Later), bool> _overlaps = [];
    private readonly Dictionary<AvroType, SampleJson> _samples = [];

    private JsonAmbiguities()
    {
    }

    /// <summary>All of a schema, each once: a record that is used in several places has the path of the first.</summary>
    public static IReadOnlyList<JsonAmbiguity> Of(AvroType schema)
    {
        var ambiguities = new JsonAmbiguities();
        ambiguities.Visit(schema, "");
        return ambiguities._found;
    }

    private void Visit(AvroType type, string path)
    {
        switch (type.Kind)
        {
            case "array":
                Visit(type.Items, $"{path}[]");
                break;
            case "map":
                Visit(type.Items, $"{path}{{}}");
                break;
            case "union":
                VisitUnion(type.Branches, path);
                break;
            case "record" or "error" when _seen.Add(type):
                foreach (var field in type.Fields)
                {
                    Visit(field.Type, path.Length == 0 ? field.Name : $"{path}.{field.Name}");
                }

                break;
            case "bytes" when LogicalType.PrecisionOf(type) > DecimalDigits.MaxDigits && type.Logical.Scale <= LogicalText.MaxDecimalSize:
                _found.Add(new JsonAmbiguity(path, type, $"A decimal of more than {LogicalText.MaxDecimalSize} bytes is written as base64, which is not a decimal."));
                break;
        }
    }

    private void VisitUnion(IReadOnlyList<AvroType> branches, string path)
    {
        for (var later = 0; later < branches.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (WhyReadAs(branches[earlier], branches[later]) is { } why)
                {
                    _found.Add(new JsonAmbiguity(path, branches[later], why));
                    break;
                }
            }

            Visit(branches[later], path);
        }
    }

    private string? WhyReadAs(AvroType earlier, AvroType later)
    {
        var (from, to) = (ValueEncoder.Describe(later), ValueEncoder.Describe(earlier));
        return IsContainer(earlier) || IsContainer(later)
            ? Overlaps(earlier, later) ? $"JSON of {from} can be read as {to}, which is before it in the union." : null
            : ExampleOf(earlier, later) is { } example ? $"JSON of {from} such as {example} is read as {to}, which is before it in the union."
            : null;
    }

    // Whether there is a value of the later type whose JSON fits the earlier one. A type that contains itself is judged by the rest of it.
    private bool Overlaps(AvroType earlier, AvroType later)
    {
        if (_overlaps.TryGetValue((earlier, later), out var known))
        {
            return known;
        }

        _overlaps[(earlier, later)] = true;
        return _overlaps[(earlier, later)] = FindOverlap(earlier, later);
    }

    private bool FindOverlap(AvroType earlier, AvroType later) => (earlier.Kind, later.Kind) switch
    {
        ("union", _) => earlier.Branches.Any(branch => Overlaps(branch, later)),
        (_, "union") => later.Branches.Any(branch => Overlaps(earlier, branch)),
        ("array", "array") or ("map", "map") => true, // both may be empty
        ("map", _) when later.IsRecord => later.Fields.All(field => Overlaps(earlier.Items, field.Type)),
        (_, "map") when earlier.IsRecord => earlier.Fields.All(field => field.Default is not null || Overlaps(field.Type, later.Items)),
        _ when earlier.IsRecord && later.IsRecord => OverlapAsRecords(earlier, later),
        _ => !IsContainer(earlier) && !IsContainer(later) && ExampleOf(earlier, later) is not null,
    };

    // AvroJson writes all fields of a record.
    private bool OverlapAsRecords(AvroType earlier, AvroType later) =>
        later.Fields.All(field => earlier.Fields.Any(other => other.Name == field.Name))
        && earlier.Fields.All(field => later.Fields.FirstOrDefault(other => other.Name == field.Name) is { } same
            ? Overlaps(field.Type, same.Type)
            : field.Default is not null);

    private string? ExampleOf(AvroType earlier, AvroType later)
    {
        var (reader, writer) = (SamplesOf(earlier), SamplesOf(later));
        return writer.Texts.Concat(reader.Texts).FirstOrDefault(json => reader.Reads(json) && writer.Writes(json));
    }

    private SampleJson SamplesOf(AvroType type)
    {
        if (!_samples.TryGetValue(type, out var samples))
        {
            _samples[type] = samples = new SampleJson(type);
        }

        return samples;
    }

    private static bool IsContainer(AvroType type) => type.IsRecord || type.Kind is "array" or "map" or "union";
}
