using System.Buffers;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

/// <summary>Makes the keys of events out of fields of their values.</summary>
internal sealed class EventKey
{
    private readonly IReadOnlyList<AvroFieldReader> _fields;
    private readonly byte[] _separator;

    private EventKey(IReadOnlyList<AvroFieldReader> fields, string separator) => (_fields, _separator) = (fields, Encoding.UTF8.GetBytes(separator));

    /// <summary>The key of <c>--key</c>; the field <c>id</c> where it is a string.</summary>
    /// <returns>Null for no key.</returns>
    /// <exception cref="HopsKafkaException">The schema has no such field, or its values are no text.</exception>
    public static EventKey? Of(AvroType schema, InputRequest request)
    {
        if (request.KeyFields is { } names)
        {
            return new EventKey([.. names.Select(name => Field(schema, name))], request.KeySeparator);
        }

        var id = schema.Fields.FirstOrDefault(field => field.Name == "id");
        return id?.Type.Kind == "string" ? new EventKey([new AvroFieldReader(schema, "id")], "") : null;
    }

    /// <summary>Writes the key of a value.</summary>
    /// <exception cref="BadLineException">A field is null.</exception>
    public void Write(InputEvent target)
    {
        if (target.HasKey)
        {
            return;
        }

        for (var i = 0; i < _fields.Count; i++)
        {
            if (i > 0)
            {
                target.KeyOutput.Write(_separator);
            }

            if (!_fields[i].WriteText(target.Avro, target.KeyOutput))
            {
                throw new BadLineException(null, _fields[i].Path, "it is null, and a key cannot be made of it");
            }
        }

        target.HasKey = true;
    }

    private static AvroFieldReader Field(AvroType schema, string name)
    {
        var field = FieldOption.Find(schema, name, "--key");
        var kinds = field.Type.Kind == "union" ? field.Type.Branches : [field.Type];
        return kinds.Any(kind => kind.IsRecord || kind.Kind is "array" or "map")
            ? throw new HopsKafkaException($"Option --key {name}: a field of type {field.Type.Kind} is no key.", "Name a field that holds a text, a number or another single value.", ExitCode.Usage)
            : field;
    }
}
