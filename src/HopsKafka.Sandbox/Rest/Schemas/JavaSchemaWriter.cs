using System.Globalization;
using System.Text;
using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>
/// Writes a schema as Java Avro's <c>Schema.toString()</c> does. Hopsworks stores this text and finds schemas by its
/// equality, so unknown attributes and their order matter. It is not Parsing Canonical Form.
/// </summary>
internal sealed class JavaSchemaWriter
{
    private readonly StringBuilder _json = new();
    private readonly HashSet<string> _written = [];
    private string? _namespace;

    public static string Write(AvroType type)
    {
        var text = new JavaSchemaWriter();
        text.WriteType(type);
        return text._json.ToString();
    }

    private void WriteType(AvroType type)
    {
        switch (type.Kind)
        {
            case "union":
                WriteList(type.Branches, WriteType);
                break;
            case "array" or "map":
                Open(type);
                Append(type.Kind == "array" ? ",\"items\":" : ",\"values\":");
                WriteType(type.Items);
                Close(type);
                break;
            case var _ when type.Name is not null:
                WriteNamed(type, type.Name);
                break;
            case var _ when type.Props.Count == 0:
                Append(JavaJson.Quote(type.Kind));
                break;
            default:
                Open(type);
                Close(type);
                break;
        }
    }

    private void WriteNamed(AvroType type, AvroName name)
    {
        if (!_written.Add(name.Full))
        {
            Append(JavaJson.Quote(name.Within(_namespace)));
            return;
        }

        Open(type);
        WriteAttribute("name", name.Name);
        if (name.Namespace != _namespace)
        {
            WriteAttribute("namespace", name.Namespace ?? "");
        }

        WriteAttribute("doc", type.Doc);
        WriteBody(type, name);
        Close(type);
    }

    private void WriteBody(AvroType type, AvroName name)
    {
        if (type.Kind == "enum")
        {
            Append(",\"symbols\":");
            WriteList(type.Symbols, symbol => Append(JavaJson.Quote(symbol)));
            WriteAttribute("default", type.DefaultSymbol);
        }
        else if (type.Kind == "fixed")
        {
            Append(string.Create(CultureInfo.InvariantCulture, $",\"size\":{type.Size}"));
        }
        else
        {
            var outerNamespace = _namespace;
            _namespace = name.Namespace;
            Append(",\"fields\":");
            WriteList(type.Fields, WriteField);
            _namespace = outerNamespace;
        }
    }

    private void WriteField(AvroField field)
    {
        Append("{\"name\":" + JavaJson.Quote(field.Name) + ",\"type\":");
        WriteType(field.Type);
        WriteAttribute("doc", field.Doc);
        if (field.Default is { } value)
        {
            Append(",\"default\":" + JavaJson.Write(value));
        }

        if (field.Order != "ascending")
        {
            WriteAttribute("order", field.Order);
        }

        WriteAliases(field.Aliases);
        WriteProps(field.Props);
        Append("}");
    }

    private void Open(AvroType type) => Append("{\"type\":" + JavaJson.Quote(type.Kind));

    private void Close(AvroType type)
    {
        WriteProps(type.Props);
        WriteAliases([.. type.Aliases.Select(alias => alias.Within(type.Name!.Namespace))]);
        Append("}");
    }

    private void WriteProps(IReadOnlyList<KeyValuePair<string, JsonElement>> props)
    {
        foreach (var (name, value) in props)
        {
            Append("," + JavaJson.Quote(name) + ":" + JavaJson.Write(value));
        }
    }

    private void WriteAliases(IReadOnlyList<string> aliases)
    {
        if (aliases.Count > 0)
        {
            Append(",\"aliases\":");
            WriteList(aliases, alias => Append(JavaJson.Quote(alias)));
        }
    }

    private void WriteAttribute(string name, string? value)
    {
        if (value is not null)
        {
            Append("," + JavaJson.Quote(name) + ":" + JavaJson.Quote(value));
        }
    }

    private void WriteList<T>(IReadOnlyList<T> items, Action<T> write)
    {
        Append("[");
        for (var i = 0; i < items.Count; i++)
        {
            Append(i == 0 ? "" : ",");
            write(items[i]);
        }

        Append("]");
    }

    private void Append(string json) => _json.Append(json);
}

/// <summary>The text that Hopsworks stores.</summary>
internal static class JavaSchemaText
{
    /// <summary>The text as Java's <c>Schema.toString()</c> gives it.</summary>
    public static string ToJavaText(this AvroType type) => JavaSchemaWriter.Write(type);
}
