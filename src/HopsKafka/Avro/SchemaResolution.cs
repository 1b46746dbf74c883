namespace HopsKafka.Avro;

/// <summary>
/// Whether values of a writer's schema can be resolved to a reader's, before there is any value. A union whose null has no place is no problem
/// yet: there may be no null.
/// </summary>
internal sealed class SchemaResolution
{
    private const int MaxProblems = 20;

    private readonly Dictionary<(AvroType Writer, AvroType Reader), IReadOnlyList<Problem>> _pairs = [];

    private SchemaResolution()
    {
    }

    /// <summary>A line for each field that never resolves; none when all do. At most 20.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>Whether some part has another logical type on each side, so that the same bytes mean something else.</summary>
    public bool ChangesMeaning { get; private set; }

    /// <summary>Compares.</summary>
    public static SchemaResolution Of(AvroType writer, AvroType reader)
    {
        var resolution = new SchemaResolution();
        resolution.Problems = [.. resolution.Check(writer, reader).Select(p => p.Path.Length == 0 ? p.Why : $"{p.Path}: {p.Why}")];
        return resolution;
    }

    private IReadOnlyList<Problem> Check(AvroType writer, AvroType reader)
    {
        // None while it is being looked at: a record may contain itself.
        if (!_pairs.TryAdd((writer, reader), []))
        {
            return _pairs[(writer, reader)];
        }

        return _pairs[(writer, reader)] = [.. Find(writer, reader).Take(MaxProblems)];
    }

    private IEnumerable<Problem> Find(AvroType writer, AvroType reader)
    {
        if (writer.Kind == "union")
        {
            return OfBranches(writer, reader);
        }

        if (reader.Kind == "union")
        {
            return AvroResolution.Branch(writer, reader) is { } branch ? Check(writer, branch) : [NotResolvable(writer, reader)];
        }

        if (AvroResolution.HasOtherMeaning(writer.Logical, reader.Logical))
        {
            ChangesMeaning = true;
            return [NotResolvable(writer, reader)];
        }

        return !AvroResolution.CanRead(writer, reader) ? [NotResolvable(writer, reader)]
            : reader.IsRecord ? OfFields(writer, reader)
            : reader.Kind is "array" or "map" ? Check(writer.Items, reader.Items).Select(p => p.Below("[]"))
            : reader.Kind == "enum" && reader.DefaultSymbol is null && !writer.Symbols.Intersect(reader.Symbols).Any() ? [new Problem("", "the enums have no symbol in common")]
            : [];
    }

    private IReadOnlyList<Problem> OfBranches(AvroType writer, AvroType reader)
    {
        var branches = writer.Branches.Select(branch => (Type: branch, Problems: Check(branch, reader))).ToList();
        var values = branches.Where(branch => branch.Type.Kind != "null").ToList();
        return branches.Count == 0 || (values.Count == 0 ? branches : values).Any(branch => branch.Problems.Count == 0) ? []
            : values is [var only] ? only.Problems
            : [NotResolvable(writer, reader)];
    }

    private IEnumerable<Problem> OfFields(AvroType writer, AvroType reader)
    {
        foreach (var field in reader.Fields)
        {
            if (AvroResolution.FindWritten(writer, field) is { } written)
            {
                foreach (var problem in Check(written.Type, field.Type))
                {
                    yield return problem.Below(field.Name);
                }
            }
            else if (WhyNoDefault(field) is { } why)
            {
                yield return new Problem(field.Name, why);
            }
        }
    }

    private static string? WhyNoDefault(AvroField field)
    {
        try
        {
            var limit = default(ValueLimit);
            return AvroDefaultValue.Of(field, ref limit) is null ? "the file has no such field, and the schema of the topic has no default for it" : null;
        }
        catch (BadMessageException e)
        {
            return e.Message.TrimEnd('.');
        }
    }

    private static Problem NotResolvable(AvroType writer, AvroType reader) =>
        new("", $"{AvroResolution.Describe(writer)} in the file, {AvroResolution.Describe(reader)} in the schema of the topic");

    private readonly record struct Problem(string Path, string Why)
    {
        public Problem Below(string name) => this with { Path = Path.Length == 0 ? name : Path[0] == '[' ? name + Path : $"{name}.{Path}" };
    }
}
