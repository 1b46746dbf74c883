using System.Globalization;
using System.Text.Json;

namespace HopsKafka.Avro;

/// <summary>Avro's Parsing Canonical Form: equal for schemas that write the same bytes. It has no logical types, defaults, aliases and docs.</summary>
internal sealed class CanonicalForm
{
    private readonly HashSet<AvroType> _defined = [];

    private CanonicalForm()
    {
    }

    public static string Of(AvroType type) => new CanonicalForm().Write(type);

    private string Write(AvroType type) => type.Kind switch
    {
        "union" => $"[{string.Join(',', type.Branches.Select(Write))}]",
        "array" => $$"""{"type":"array","items":{{Write(type.Items)}}}""",
        "map" => $$"""{"type":"map","values":{{Write(type.Items)}}}""",
        _ when type.Name is null => Quote(type.Kind),
        _ when !_defined.Add(type) => Quote(type.Name.Full),
        _ => $$"""{"name":{{Quote(type.Name.Full)}},"type":{{Quote(type.IsRecord ? "record" : type.Kind)}},{{Body(type)}}}""",
    };

    private string Body(AvroType type) => type.Kind switch
    {
        "enum" => $"\"symbols\":[{string.Join(',', type.Symbols.Select(Quote))}]",
        "fixed" => string.Create(CultureInfo.InvariantCulture, $"\"size\":{type.Size}"),
        _ => $"\"fields\":[{string.Join(',', type.Fields.Select(f => $$"""{"name":{{Quote(f.Name)}},"type":{{Write(f.Type)}}}"""))}]",
    };

    private static string Quote(string name) => $"\"{JsonEncodedText.Encode(name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
