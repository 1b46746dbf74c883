namespace HopsKafka.Common;

/// <summary>A text that must not be printed: password or API key. Formats as <c>***</c> everywhere.</summary>
/// <param name="value">The secret text.</param>
internal sealed class Secret(string value) : IEquatable<Secret>
{
    /// <summary>The text shown instead of a secret.</summary>
    public const string Mask = "***";

    private readonly string _value = value;

    /// <summary>The secret itself, only for sending it to a server or for decryption.</summary>
    /// <returns>The secret in clear.</returns>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public bool Equals(Secret? other) => other is not null && _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Mask;
}
