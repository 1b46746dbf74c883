namespace HopsKafka.Producer.Inputs;

/// <summary>A line of an input that no event can be made of. The next one can be read.</summary>
/// <param name="column">The byte of the line where it goes wrong, from 1; null when it is the line as a whole.</param>
/// <param name="path">The field; null for none.</param>
/// <param name="reason">Why, as a clause.</param>
internal sealed class BadLineException(int? column, string? path, string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>The byte of the line where it goes wrong, from 1; null when it is the line as a whole.</summary>
    public int? Column => column;

    /// <summary>The field and the reason, as a clause.</summary>
    public string Clause => string.IsNullOrEmpty(path) ? Message : $"{path}: {Message}";
}
