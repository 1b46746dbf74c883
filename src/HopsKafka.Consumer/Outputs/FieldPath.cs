using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>
/// The path of a field: <c>a.b.c</c>. Keys of maps count as names. For events, it may also be a property of the event, such as
/// <c>_key</c>.
/// </summary>
internal sealed class FieldPath
{
    private const string HeaderPrefix = "_header.";

    private readonly string[] _names;

    private bool _wasRead;
    private bool _wasFound;

    private readonly EventProperty? _property;

    private FieldPath(string text, string[] names, EventProperty? property = null) => (Text, _names, _property) = (text, names, property);

    /// <summary>The text of the path.</summary>
    public string Text { get; }

    /// <summary>Whether it was read and no value had it, perhaps because of a typing error.</summary>
    public bool IsAbsent => _wasRead && !_wasFound;

    /// <summary>Whether it is a property of the event, which values do not have.</summary>
    public bool IsProperty => _property is not null;

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Parses a path.</summary>
    /// <returns>The path; null if a name is empty.</returns>
    public static FieldPath? TryParse(string text)
    {
        var names = text.Split('.');
        return names.All(name => name.Length > 0) ? new FieldPath(text, names) : null;
    }

    /// <summary>Parses a path, or a property of the event.</summary>
    /// <param name="text">Names with dots between, or <c>_key</c>, <c>_partition</c>, <c>_offset</c>, <c>_timestamp</c> or <c>_header.NAME</c>.</param>
    /// <returns>The path; null if a name is empty.</returns>
    public static FieldPath? TryParseOfEvent(string text) => text switch
    {
        _ when EventProperties.Of(text) is { } property => new FieldPath(text, [text], property),
        _ when text.Length > HeaderPrefix.Length && text.StartsWith(HeaderPrefix, StringComparison.Ordinal) =>
            new FieldPath(text, [text[HeaderPrefix.Length..]], EventProperty.Header),
        _ => TryParse(text),
    };

    /// <summary>Reads the field of an event.</summary>
    /// <param name="keys">How keys are read.</param>
    /// <returns>False when the event has no such field.</returns>
    public bool TryGet(DecodedEvent decoded, ValueFormat keys, out AvroValue value)
    {
        if (_property == EventProperty.Header)
        {
            _wasRead = true;
            return EventProperties.TryGetHeader(_names[0], decoded, out value) && (_wasFound = true);
        }

        if (_property is { } property)
        {
            value = EventProperties.Get(property, decoded, keys);
            return true;
        }

        value = default;
        return decoded.Value is { } root && TryGet(root, out value);
    }

    /// <summary>The types that the field can have in a schema; for a union, its branches.</summary>
    /// <returns>The types, none for an absent field; null if the schema does not determine it, as inside the encoded bytes of a feature.</returns>
    public IReadOnlyCollection<AvroType>? TypesIn(AvroType root)
    {
        if (_property is { } property)
        {
            return [EventProperties.TypeOf(property)];
        }

        // A set at each step: in a hostile schema, very many paths lead to one type.
        var types = Branches(root).ToHashSet();
        foreach (var name in _names)
        {
            if (types.Any(type => type.Kind == "bytes"))
            {
                return null;
            }

            types = [.. types.SelectMany(type => Step(type, name)).SelectMany(Branches)];
        }

        return types;
    }

    /// <summary>Suggests a correction for a path that a schema does not have.</summary>
    /// <param name="others">Allowed first names besides fields.</param>
    /// <returns>The path with the first unknown name corrected; null if no name is similar.</returns>
    public string? Suggest(AvroType root, IEnumerable<string> others)
    {
        var types = Branches(root).ToHashSet();
        for (var i = 0; i < _names.Length; i++)
        {
            HashSet<AvroType> next = [.. types.SelectMany(type => Step(type, _names[i])).SelectMany(Branches)];
            if (next.Count == 0)
            {
                var known = types.SelectMany(type => type.Fields).Select(field => field.Name).Concat(i == 0 ? others : []).Distinct();
                return Suggestions.Find(_names[i], known) is { } near ? string.Join('.', [.. _names[..i], near, .. _names[(i + 1)..]]) : null;
            }

            types = next;
        }

        return null;
    }

    /// <summary>Reads the field of a value.</summary>
    /// <returns>False when this value has no such field, for example because a record on the path is null.</returns>
    public bool TryGet(in AvroValue root, out AvroValue value)
    {
        _wasRead = true;
        value = root;
        foreach (var name in _names)
        {
            if (!Step(value, name, out value))
            {
                return false;
            }
        }

        return _wasFound = true;
    }

    private static IEnumerable<AvroType> Branches(AvroType type) => type.Kind == "union" ? type.Branches : [type];

    private static IEnumerable<AvroType> Step(AvroType from, string name) => from.Kind == "map"
        ? [from.Items]
        : from.Fields.Where(field => field.Name == name).Select(field => field.Type);

    // By value: callers pass the same variable as argument and result.
    private static bool Step(AvroValue from, string name, out AvroValue value)
    {
        if (from.Type.IsRecord)
        {
            return from.TryGetField(name, out value);
        }

        value = default;
        if (from.Type.Kind != "map")
        {
            return false;
        }

        var found = false;
        foreach (var entry in from.Entries)
        {
            if (entry.Key == name)
            {
                (value, found) = (entry.Value, true);
            }
        }

        return found;
    }
}
