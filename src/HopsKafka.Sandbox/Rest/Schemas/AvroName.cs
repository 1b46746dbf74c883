namespace HopsKafka.Sandbox.Rest.Schemas;

/// <summary>Name of a record, enum or fixed, with the namespace it lives in (null: none).</summary>
internal sealed record AvroName(string Name, string? Space)
{
    public string Full => Space is null ? Name : $"{Space}.{Name}";

    /// <summary>A dotted name carries its own namespace; a bare one takes the given namespace.</summary>
    public static AvroName Of(string name, string? space)
    {
        var dot = name.LastIndexOf('.');
        var own = dot < 0 ? space : name[..dot];
        return new AvroName(Checked(name[(dot + 1)..]), string.IsNullOrEmpty(own) ? null : own);
    }

    /// <summary>The name as it stands inside a schema of the given namespace.</summary>
    public string Within(string? space) => Space is null || Space == space ? Name : Full;

    public static string Checked(string name)
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
