using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.CsvEncoding;

/// <summary>
/// Finds the field of each column: <c>customer.city</c> is that of a record in a record, which may also be null. A column of the record itself holds
/// it as JSON.
/// </summary>
internal sealed class CsvHeader
{
    private readonly IReadOnlyList<string> _columns;
    private readonly bool _ignoresUnknown;
    private readonly HashSet<int> _found = [];
    private readonly List<string> _problems = [];
    private bool _hasUnknown;
    private bool _hasMissing;

    private CsvHeader(IReadOnlyList<string> columns, bool ignoresUnknown) => (_columns, _ignoresUnknown) = (columns, ignoresUnknown);

    /// <summary>Compares the names of columns with a schema.</summary>
    /// <param name="root">A record, or a union of null and a record.</param>
    /// <param name="columns">The names in their order.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="rows">Where they were read from.</param>
    /// <exception cref="HopsKafkaException">A column has no field, a field has neither column nor default, or a name stands twice.</exception>
    public static CsvPart Bind(AvroType root, IReadOnlyList<string> columns, bool ignoresUnknown, string name, CsvRows rows)
    {
        if (CsvDefaults.ValueOf(root) is not { IsRecord: true } record)
        {
            throw new HopsKafkaException(
                $"{name} cannot be read as CSV: the schema of the topic is {(root.Kind == "union" ? "a union" : root.Kind)}, not a record, and has no fields for its columns.",
                "Write the values as JSON.",
                ExitCode.Usage);
        }

        var header = new CsvHeader(columns, ignoresUnknown);
        header.FindDuplicates();
        var fields = header.OfRecord(record, "");
        header.FindUnknown(record);
        return header._problems.Count == 0
            ? new CsvRecord(fields, CsvDefaults.Branch(root, record) ?? [], null)
            : throw CsvHeaderRow.Misfit(rows, name, "the schema of the topic", header._problems, header._hasUnknown, header._hasMissing);
    }

    private List<CsvPart> OfRecord(AvroType record, string prefix) => [.. record.Fields.Select(field => OfField(field, prefix + field.Name))];

    private CsvPart OfField(AvroField field, string path)
    {
        try
        {
            var own = IndexOf(path);
            var below = path + ".";
            if (CsvDefaults.ValueOf(field.Type) is not { IsRecord: true } record || !_columns.Any(c => c.StartsWith(below, StringComparison.Ordinal)))
            {
                return own >= 0 ? new CsvCell(path, own, field, _ignoresUnknown) : Missing(field, path);
            }

            if (own >= 0)
            {
                _problems.Add($"{path}: there is a column for the record, and others for its fields");
            }

            var branch = CsvDefaults.Branch(field.Type, record) ?? [];
            return new CsvRecord(OfRecord(record, below), branch, CsvDefaults.Null(field.Type) ?? CsvDefaults.Default(field));
        }
        catch (BadMessageException e)
        {
            _problems.Add($"{path}: {e.Message.TrimEnd('.')}");
            return new CsvConstant([]);
        }
    }

    private CsvConstant Missing(AvroField field, string path)
    {
        if ((CsvDefaults.Default(field) ?? CsvDefaults.Null(field.Type)) is { } value)
        {
            return new CsvConstant(value);
        }

        _hasMissing = true;
        _problems.Add($"{path}: there is no column, and the field has neither default nor null");
        return new CsvConstant([]);
    }

    private int IndexOf(string path)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            if (_columns[i] == path)
            {
                _found.Add(i);
                return i;
            }
        }

        return -1;
    }

    private void FindDuplicates()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < _columns.Count; i++)
        {
            if (!seen.TryAdd(_columns[i], i) && !(_ignoresUnknown && _columns[i].Length == 0))
            {
                _found.Add(i);
                _problems.Add($"{DisplayText.Of(_columns[i])}: columns {seen[_columns[i]] + 1} and {i + 1} have this name");
            }
        }
    }

    private void FindUnknown(AvroType record)
    {
        for (var i = 0; i < _columns.Count && !_ignoresUnknown; i++)
        {
            if (!_found.Contains(i))
            {
                _hasUnknown = true;
                _problems.Add(_columns[i].Length == 0
                    ? $"column {i + 1} has no name"
                    : $"{DisplayText.Of(_columns[i])}: the schema has no such field{Suggestion(record, _columns[i])}");
            }
        }
    }

    // Among the fields of the record that the first part of the name leads to.
    private static string Suggestion(AvroType record, string column)
    {
        var prefix = "";
        for (var dot = column.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = column.IndexOf('.', prefix.Length))
        {
            var part = column[prefix.Length..dot];
            if (record.Fields.FirstOrDefault(f => f.Name == part) is not { } field || CsvDefaults.ValueOf(field.Type) is not { IsRecord: true } inner)
            {
                break;
            }

            (record, prefix) = (inner, column[..(dot + 1)]);
        }

        return Suggestions.Find(column, record.Fields.Select(f => prefix + f.Name)) is { } near ? $"; did you mean {near}?" : "";
    }
}
