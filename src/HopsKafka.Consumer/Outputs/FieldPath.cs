using HopsKafka.AvroValues;

namespace HopsKafka.Consumer.Outputs;

/// <summary>A field of a value, by the names on the way to it: <c>a.b.c</c>. Keys of maps count as names.</summary>
internal sealed class FieldPath
{
    private readonly string[] _names;

    private bool _wasSought;
    private bool _wasFound;

    private FieldPath(string text, string[] names) => (Text, _names) = (text, names);

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it was looked for and no value had it: a name that was mistyped, perhaps.</summary>
    public bool IsAbsent => _wasSought && !_wasFound;

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Reads a path.</summary>
    /// <param name="text">Names with dots between.</param>
    /// <returns>The path; null when a name is empty.</returns>
    public static FieldPath? TryParse(string text)
    {
        var names = text.Split('.');
        return names.All(name => name.Length > 0) ? new FieldPath(text, names) : null;
    }

    /// <summary>Follows it.</summary>
    /// <param name="root">The whole value.</param>
    /// <param name="value">What is there.</param>
    /// <returns>False when this value has no such field, for example because a record on the way is null.</returns>
    public bool TryGet(in AvroValue root, out AvroValue value)
    {
        _wasSought = true;
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

    // By value: the caller takes the result in place of where it came from.
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
