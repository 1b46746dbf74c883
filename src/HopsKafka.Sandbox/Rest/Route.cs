using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.Rest;

/// <summary>One call of the API, as a row of the table in <see cref="RouteTable"/>.</summary>
/// <param name="Template">Path below the base; <c>{name}</c> is a text, <c>{name:int}</c> a number.</param>
/// <param name="Consumes">Media types of the request; empty: any.</param>
/// <param name="Produces">Media types of the response, the preferred one first.</param>
/// <param name="Scope">Scope that the API key must have; null: none.</param>
/// <param name="Role">Lowest role in the project of the path; null: none.</param>
internal sealed record Route(
    string Method,
    string Template,
    IReadOnlyList<string> Consumes,
    IReadOnlyList<string> Produces,
    string? Scope,
    ProjectRole? Role,
    Func<RequestContext, Task<Response>> Handler)
{
    private readonly string[] _parts = Template.Split('/');

    /// <summary>Errors of these calls find no writer for text/plain and turn into 500/120004.</summary>
    public bool OnlyText => Produces.Count == 1 && Produces[0] == MediaTypes.Text;

    /// <summary>The values of the path, or null when the path is another one.</summary>
    public Dictionary<string, string>? Match(IReadOnlyList<string> path)
    {
        if (path.Count != _parts.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>();
        return _parts.Zip(path).All(pair => MatchPart(pair.First, pair.Second, values)) ? values : null;
    }

    private static bool MatchPart(string part, string value, Dictionary<string, string> values)
    {
        if (!part.StartsWith('{'))
        {
            return part == value;
        }

        var name = part[1..^1].Split(':');
        values[name[0]] = value;
        return value.Length > 0 && (name.Length == 1 || PathNumber.TryParse(value, out _));
    }
}
