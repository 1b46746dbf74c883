namespace HopsKafka.Avro;

/// <summary>Name of a record, enum or fixed.</summary>
/// <param name="Name">The name without namespace.</param>
/// <param name="Space">The namespace it lives in; null for none.</param>
internal sealed record AvroName(string Name, string? Space)
{
    /// <summary>Both, with a dot between.</summary>
    public string Full => Space is null ? Name : $"{Space}.{Name}";

    /// <summary>A dotted name carries its own namespace; a bare one takes the given namespace.</summary>
    /// <param name="name">The name as a schema spells it.</param>
    /// <param name="space">The namespace around it; null for none.</param>
    /// <returns>The name.</returns>
    /// <exception cref="InvalidSchemaException">It is no name.</exception>
    public static AvroName Of(string name, string? space)
    {
        var dot = name.LastIndexOf('.');
        var own = dot < 0 ? space : name[..dot];
        return new AvroName(Checked(name[(dot + 1)..]), string.IsNullOrEmpty(own) ? null : own);
    }

    /// <summary>The name as it stands inside a schema of the given namespace.</summary>
    /// <param name="space">That namespace; null for none.</param>
    /// <returns>The short name where it is enough.</returns>
    public string Within(string? space) => Space is null || Space == space ? Name : Full;

    internal static string Checked(string name)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_'))
        {
            throw new InvalidSchemaException($"illegal first character in the name '{name}'");
        }

        return name.All(c => char.IsLetterOrDigit(c) || c == '_')
            ? name
            : throw new InvalidSchemaException($"illegal character in the name '{name}'");
    }
}
