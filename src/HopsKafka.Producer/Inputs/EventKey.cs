using System.Buffers;
using System.Text;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.JsonEncoding;

namespace HopsKafka.Producer.Inputs;

/// <summary>Builds the keys of events from fields of their values.</summary>
internal sealed class EventKey
{
    private readonly AvroFieldReader[] _fields;
    private readonly byte[] _prefix = [];
    private readonly byte[] _separator = [];
    private readonly bool _isAvro;

    private EventKey(IReadOnlyList<AvroFieldReader> fields, string separator) => (_fields, _separator) = ([.. fields], Encoding.UTF8.GetBytes(separator));

    private EventKey(IReadOnlyList<AvroFieldReader> fields, int schemaId)
    {
        (_fields, _isAvro, _prefix) = ([.. fields], true, new byte[ConfluentFraming.Size]);
        ConfluentFraming.Write(_prefix, schemaId);
    }

    /// <summary>The fields that it is built from.</summary>
    public IReadOnlyList<AvroFieldReader> Fields => _fields;

    /// <summary>The key of <c>--key</c>, otherwise the field <c>id</c> if it is a string.</summary>
    /// <returns>Null for no key.</returns>
    /// <exception cref="HopsKafkaException">The schema has no such field, its type cannot be a key, or the schema of Avro keys has other types.</exception>
    public static EventKey? Of(InputSchema schema, InputRequest request)
    {
        if (request.IsEnvelope || schema.Rows is not null)
        {
            return null;
        }

        if (request.KeyFields is null && schema.Type.Fields.FirstOrDefault(f => f.Name == "id")?.Type.Kind != "string")
        {
            return schema.Key is null
                ? null
                : throw new HopsKafkaException("Option --key-format avro needs --key: the schema has no field id of type string.", exitCode: ExitCode.Usage);
        }

        IReadOnlyList<AvroFieldReader> fields = [.. (request.KeyFields ?? ["id"]).Select(name => Field(schema.Type, name))];
        return schema.Key is { } key
            ? new EventKey(InOrder(fields, key), key.Id)
            : new EventKey(fields, request.KeySeparator);
    }

    /// <summary>Writes the key of a value, unless the input gave one.</summary>
    /// <exception cref="BadLineException">A field is null.</exception>
    public void Write(InputEvent target)
    {
        if (target.HasKey || target.IsTombstone)
        {
            return;
        }

        for (var i = 0; i < _fields.Length; i++)
        {
            Append(target, i, _fields[i].Find(target.Avro, out var value), value);
        }
    }

    /// <summary>Makes an event a tombstone of a key.</summary>
    /// <param name="json">The value of each field of the key, as JSON.</param>
    /// <exception cref="AvroEncodingException">A value does not fit its field.</exception>
    /// <exception cref="BadLineException">A field is null.</exception>
    public void WriteTombstone(InputEvent target, Func<int, byte[]> json)
    {
        target.IsTombstone = true;
        for (var i = 0; i < _fields.Length; i++)
        {
            var encoded = new ArrayBufferWriter<byte>();
            new AvroJsonEncoder(_fields[i].Type, ignoreUnknownFields: false).Encode(json(i), encoded);
            Append(target, i, AvroFieldReader.Unwrap(_fields[i].Type, encoded.WrittenSpan, out var value), value);
        }
    }

    private void Append(InputEvent target, int index, AvroType? type, ReadOnlySpan<byte> value)
    {
        if (type is null)
        {
            throw new BadLineException(null, _fields[index].Path, "it is null, and part of the key");
        }

        target.HasKey = true;
        target.KeyOutput.Write(index == 0 ? _prefix : _separator);
        if (_isAvro)
        {
            target.KeyOutput.Write(value);
        }
        else
        {
            AvroFieldReader.WriteText(type, value, target.KeyOutput);
        }
    }

    private static AvroFieldReader Field(AvroType schema, string name)
    {
        var found = FieldOption.Find(schema, name, "--key");
        return found.Type.Alternatives.FirstOrDefault(type => type.IsRecord || type.Kind is "array" or "map") is { } complex
            ? throw new HopsKafkaException(
                $"Option --key {name}: a field of type {complex.Kind} cannot be a key.", "Name a field of a simple type, such as a string or a long.", ExitCode.Usage)
            : found;
    }

    // Avro writes the values of a record one after the other, so a key is the bytes of its fields.
    private static IReadOnlyList<AvroFieldReader> InOrder(IReadOnlyList<AvroFieldReader> fields, KeySchema key)
    {
        if (!key.Type.IsRecord)
        {
            return fields.Count == 1 && CanBe(fields[0], key.Type)
                ? fields
                : throw Mismatch(key, $"it is a {key.Type.Kind}, and --key names {string.Join(", ", fields.Select(f => f.Path))}");
        }

        var ordered = key.Type.Fields.Select(wanted => fields.FirstOrDefault(source => source.Path == wanted.Name && CanBe(source, wanted.Type))).ToList();
        var missing = ordered.IndexOf(null);
        return missing >= 0 ? throw Mismatch(key, $"--key has no field {key.Type.Fields[missing].Name} of the same type")
            : ordered.Count < fields.Count ? throw Mismatch(key, "it has fewer fields than --key")
            : [.. ordered!];
    }

    private static bool CanBe(AvroFieldReader source, AvroType type) =>
        source.Type.Alternatives.All(branch => branch.Kind == "null" || CanonicalForm.Of(branch) == CanonicalForm.Of(type));

    private static HopsKafkaException Mismatch(KeySchema key, string why) =>
        new(
            $"Keys cannot be written with the schema of subject {key.Subject} (id {key.Id}): {why}.",
            "Correct --key, or leave out --key-format avro for keys of text.",
            ExitCode.Usage);
}
