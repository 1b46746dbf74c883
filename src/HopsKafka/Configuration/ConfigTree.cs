using HopsKafka.Common;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace HopsKafka.Configuration;

/// <summary>Turns TOML text into a tree whose nodes know their line and column.</summary>
internal static class ConfigTree
{
    /// <summary>Parses the text of a file.</summary>
    /// <param name="problems">Takes what is broken.</param>
    /// <exception cref="HopsKafkaException">The text is not TOML, or sets a key twice.</exception>
    public static ConfigTable Parse(string text, ConfigErrors problems)
    {
        var document = Document(text, problems);
        if (document.HasErrors)
        {
            foreach (var complaint in document.Diagnostics.Where(d => d.Kind == DiagnosticMessageKind.Error))
            {
                problems.Add(PlaceOf(complaint, text), TomlErrorText.Describe(complaint.Message));
            }

            problems.ThrowFirst();
        }

        var root = new ConfigTable(SourceLocation.Start, Named: true);
        Fill(root, document.KeyValues);
        foreach (var table in document.Tables)
        {
            Fill(Open(root, table), table.Items);
        }

        return root;
    }

    private static DocumentSyntax Document(string text, ConfigErrors problems)
    {
        try
        {
            return SyntaxParser.Parse(text);
        }
        catch (TomlException)
        {
            // The one thing that it means to throw for, without a place.
            problems.Add(SourceLocation.Start, "broken TOML: arrays or tables are nested too deeply; close their brackets");
            problems.ThrowFirst();
            throw;
        }
        catch (ArgumentOutOfRangeException)
        {
            // A file that ends behind a backslash: the parser fails to name the character that is not there.
            problems.Add(EndOf(text), "broken TOML: the file ends inside a text; close its quotes");
            problems.ThrowFirst();
            throw;
        }
    }

    private static SourceLocation EndOf(string text) => new(text.Count(c => c == '\n') + 1, text.Length - text.LastIndexOf('\n'));

    // The parser blames an array that is not closed on the start of the file: it is the end where the bracket is missed.
    private static SourceLocation PlaceOf(DiagnosticMessage complaint, string text) =>
        complaint.Message.Contains("closing `]`", StringComparison.Ordinal)
            ? EndOf(text)
            : At(complaint.Span);

    private static void Fill(ConfigTable table, IEnumerable<KeyValueSyntax> items)
    {
        foreach (var item in items)
        {
            var names = Names(item.Key!);
            Enter(table, names).Children[names[^1].Name] = Convert(item.Value!, At(item.Key!.Span));
        }
    }

    private static ConfigTable Open(ConfigTable root, TableSyntaxBase header)
    {
        var names = Names(header.Name!);
        var (parent, name, at) = (Enter(root, names), names[^1].Name, At(header.Span));
        var existing = parent.Children.GetValueOrDefault(name);
        var table = new ConfigTable(at, Named: true);
        if (header is TableArraySyntax)
        {
            var array = existing as ConfigTableArray ?? new ConfigTableArray(at);
            array.Tables.Add(table);
            parent.Children[name] = array;
            return table;
        }

        foreach (var (key, child) in existing is ConfigTable implied ? implied.Children : [])
        {
            table.Children[key] = child;
        }

        parent.Children[name] = table;
        return table;
    }

    // The table that holds the last of the names; those in between come into being.
    private static ConfigTable Enter(ConfigTable table, IReadOnlyList<(string Name, SourceLocation At)> names)
    {
        foreach (var (name, at) in names.SkipLast(1))
        {
            if (table.Children.GetValueOrDefault(name) is ConfigTableArray array)
            {
                table = array.Tables[^1];
                continue;
            }

            var next = table.Table(name) ?? new ConfigTable(at, Named: false);
            table.Children[name] = next;
            table = next;
        }

        return table;
    }

    private static ConfigNode Convert(ValueSyntax value, SourceLocation key) => value switch
    {
        StringValueSyntax text => new ConfigScalar(key, text.Value, At(value.Span)),
        IntegerValueSyntax number => new ConfigScalar(key, number.Value, At(value.Span)),
        FloatValueSyntax number => new ConfigScalar(key, number.Value, At(value.Span)),
        BooleanValueSyntax truth => new ConfigScalar(key, truth.Value, At(value.Span)),
        ArraySyntax array => ConvertArray(array, key),
        InlineTableSyntax table => ConvertTable(table, key),
        _ => new ConfigScalar(key, null, At(value.Span)),
    };

    private static ConfigNode ConvertArray(ArraySyntax array, SourceLocation key)
    {
        var items = array.Items.Select(i => Convert(i.Value!, At(i.Value!.Span))).ToList();
        if (items.Count == 0 || !items.All(i => i is ConfigTable))
        {
            return new ConfigArray(key, items, At(array.OpenBracket!.Span));
        }

        var tables = new ConfigTableArray(key);
        tables.Tables.AddRange(items.Cast<ConfigTable>());
        return tables;
    }

    private static ConfigTable ConvertTable(InlineTableSyntax inline, SourceLocation key)
    {
        var table = new ConfigTable(key, Named: true);
        Fill(table, inline.Items.Select(i => i.KeyValue!));
        return table;
    }

    private static List<(string Name, SourceLocation At)> Names(KeySyntax key)
    {
        var at = At(key.Span);
        return [(Text(key.Key!), at), .. key.DotKeys.Select(d => (Text(d.Key!), at))];
    }

    private static string Text(BareKeyOrStringValueSyntax key) =>
        key is StringValueSyntax quoted ? quoted.Value! : ((BareKeySyntax)key).Key!.Text!;

    private static SourceLocation At(SourceSpan span) => new(span.Start.Line + 1, span.Start.Column + 1);
}
