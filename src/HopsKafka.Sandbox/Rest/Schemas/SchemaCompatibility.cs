using HopsKafka.Avro;

namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>
/// Whether a reader's schema can read what a writer's schema wrote, by Java Avro's schema resolution. Apache.Avro for C#
/// answers otherwise in four points that users meet: its CanRead requires equal record names (Java does not), accepts an enum
/// whose symbols the reader lacks and a union of which the reader knows only some branches (Java accepts neither), and
/// rejects a logical type against its base type (Java reads it).
/// </summary>
internal sealed class SchemaCompatibility
{
    private readonly Dictionary<(AvroType Reader, AvroType Writer), bool> _records = [];

    public static bool CanRead(AvroType reader, AvroType writer) => new SchemaCompatibility().Resolves(reader, writer);

    private bool Resolves(AvroType reader, AvroType writer)
    {
        if (writer.Kind == "union")
        {
            return writer.Branches.All(branch => Resolves(reader, branch));
        }

        if (reader.Kind == "union")
        {
            return reader.Branches.Any(branch => Resolves(branch, writer));
        }

        return reader switch
        {
            { IsRecord: true } => writer.IsRecord && RecordResolves(reader, writer),
            { Kind: "enum" } => writer.Kind == "enum" && NamesMatch(reader, writer) && SymbolsResolve(reader, writer),
            { Kind: "fixed" } => writer.Kind == "fixed" && NamesMatch(reader, writer) && reader.Size == writer.Size,
            { Kind: "array" or "map" } => reader.Kind == writer.Kind && Resolves(reader.Items, writer.Items),
            _ => reader.Kind == writer.Kind || Promotes(writer.Kind, reader.Kind),
        };
    }

    private bool RecordResolves(AvroType reader, AvroType writer)
    {
        if (_records.TryGetValue((reader, writer), out var known))
        {
            return known;
        }

        _records[(reader, writer)] = true; // a recursive record: its other fields decide
        return _records[(reader, writer)] = reader.Fields.All(field => FindWriterField(field, writer) is { } written
            ? Resolves(field.Type, written.Type)
            : field.Default is not null);
    }

    private static AvroField? FindWriterField(AvroField field, AvroType writer) =>
        writer.Fields.FirstOrDefault(w => w.Name == field.Name)
        ?? writer.Fields.FirstOrDefault(w => field.Aliases.Contains(w.Name));

    private static bool SymbolsResolve(AvroType reader, AvroType writer) =>
        reader.DefaultSymbol is not null || writer.Symbols.All(reader.Symbols.Contains);

    private static bool NamesMatch(AvroType reader, AvroType writer) =>
        reader.Name == writer.Name || reader.Aliases.Contains(writer.Name!);

    private static bool Promotes(string written, string read) => (written, read) switch
    {
        ("int", "long" or "float" or "double") => true,
        ("long", "float" or "double") => true,
        ("float", "double") => true,
        ("string", "bytes") or ("bytes", "string") => true,
        _ => false,
    };
}
