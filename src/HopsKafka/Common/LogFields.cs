using System.Collections;

namespace HopsKafka.Common;

/// <summary>Where something happened, for programs that read the log: only what is known.</summary>
/// <param name="File">Path of a file.</param>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Column">Column of the line, from 1.</param>
/// <param name="Variable">A variable of the environment.</param>
internal sealed record LogFields(
    string? File = null,
    long? Line = null,
    int? Column = null,
    string? Variable = null,
    string? Topic = null,
    int? Partition = null,
    long? Offset = null,
    string? Group = null) : IEnumerable<KeyValuePair<string, object?>>
{
    /// <summary>The known ones by name.</summary>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        KeyValuePair<string, object?>[] all =
        [
            new("file", File), new("line", Line), new("column", Column), new("variable", Variable),
            new("topic", Topic), new("partition", Partition), new("offset", Offset), new("group", Group),
        ];
        return all.Where(field => field.Value is not null).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
