using HopsKafka.Avro;

namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>
/// Whether a reader's schema can read what a writer's schema wrote, by Java Avro's schema resolution. Apache.Avro for C#
/// answers otherwise in four points that users meet: its CanRead wants equal record names (Java does not), takes an enum
/// whose symbols the reader lacks and a union of which the reader knows only some branches (Java takes neither), and
/// refuses a logical type against its base type (Java reads it).
/// </summary>
internal sealed class AvroResolution
{
    private readonly Dictionary<(AvroType Reader, AvroType Writer), bool> _records = [];

    public static bool CanRead(AvroType reader, AvroType writer) => new AvroResolution().Resolves(reader, writer);

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
            { Kind: "enum" } => writer.Kind == "enum" && SameName(reader, writer) && SymbolsResolve(reader, writer),
            { Kind: "fixed" } => writer.Kind == "fixed" && SameName(reader, writer) && reader.Size == writer.Size,
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

        _records[(reader, writer)] = true; // a record inside itself: the answer is that of its other fields
        return _records[(reader, writer)] = reader.Fields.All(field => Written(field, writer) is { } written
            ? Resolves(field.Type, written.Type)
            : field.Default is not null);
    }

    private static AvroField? Written(AvroField field, AvroType writer) =>
        writer.Fields.FirstOrDefault(w => w.Name == field.Name)
        ?? writer.Fields.FirstOrDefault(w => field.Aliases.Contains(w.Name));

    private static bool SymbolsResolve(AvroType reader, AvroType writer) =>
        reader.DefaultSymbol is not null || writer.Symbols.All(reader.Symbols.Contains);

    private static bool SameName(AvroType reader, AvroType writer) =>
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
