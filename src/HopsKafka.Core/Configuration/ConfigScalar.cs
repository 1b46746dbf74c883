using System.Text;

namespace HopsKafka.Configuration;

/// <summary>A text, number, truth value or date.</summary>
/// <param name="Key">Where the key stands.</param>
/// <param name="Value">A <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>; null for a
/// date.</param>
/// <param name="ValuePlace">Where the value stands.</param>
internal sealed record ConfigScalar(Where Key, object? Value, Where ValuePlace) : ConfigNode(Key)
{
    /// <inheritdoc/>
    public override Where Place => ValuePlace;

    /// <inheritdoc/>
    public override string Kind => Value switch
    {
        string => "a text",
        long => "a whole number",
        double => "a number with a fraction",
        bool => "a truth value",
        _ => "a date",
    };

    /// <summary>True when it comes from the environment, where every value is a text.</summary>
    public bool IsVariable => Key.Variable is not null;

    // The value may be a secret: a record would print it.
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(Key).Append(", ").Append(Kind);
        return true;
    }
}
