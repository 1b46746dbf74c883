using System.Text.RegularExpressions;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>
/// A condition such as <c>id=sensor3</c>, <c>value&gt;=10</c>, <c>id~sensor*</c> or <c>id in (a,b)</c>. Fields that are numbers compare as
/// numbers, dates and times by time, all others as the text that is shown: the string <c>007</c> is not 7.
/// </summary>
internal sealed partial class FieldCondition
{
    private const int MaxSymbols = 12;
    private const string InOperator = "in";

    private static readonly string[] s_operators = ["<=", ">=", "!=", "!~", "=", "<", ">", "~"];

    private readonly string _text;
    private readonly string _operator;
    private readonly ComparisonValue[] _operands;

    private FieldCondition(string text, FieldPath path, string comparison, params IEnumerable<string> wanted)
    {
        (_text, Path, _operator) = (text, path, comparison);
        _operands = [.. wanted.Select(w => new ComparisonValue(w.Trim()))];
    }

    /// <summary>The field.</summary>
    public FieldPath Path { get; }

    private bool IsPattern => _operator is "~" or "!~";

    /// <summary>Parses a condition.</summary>
    /// <param name="text">Path, operator, value.</param>
    /// <returns>The condition; null if the text is invalid.</returns>
    public static FieldCondition? TryParse(string text)
    {
        if (InExpression().Match(text) is { Success: true, Groups: var parts })
        {
            return FieldPath.TryParseOfEvent(parts["path"].Value.Trim()) is { } listed
                ? new FieldCondition(text, listed, InOperator, parts["list"].Value.Split(','))
                : null;
        }

        var at = text.AsSpan().IndexOfAny("<>=!~");
        return at > 0
            && FieldPath.TryParseOfEvent(text[..at].Trim()) is { } path
            && s_operators.FirstOrDefault(o => text.AsSpan(at).StartsWith(o, StringComparison.Ordinal)) is { } found
            ? new FieldCondition(text, path, found, text[(at + found.Length)..])
            : null;
    }

    /// <summary>Checks it against a schema. Every field can be compared with <c>null</c>.</summary>
    /// <param name="mayDiffer">Whether a later schema may add symbols to an enum.</param>
    /// <exception cref="HopsKafkaException">The field is compared with a value of another type, such as a number with a word.</exception>
    public void Check(AvroType root, bool mayDiffer = false)
    {
        var types = Path.TypesIn(root)?.Where(type => type.Kind != "null").ToList() ?? [];
        if (types.Count == 0)
        {
            return;
        }

        if (IsPattern && !types.Any(FieldKind.IsText))
        {
            throw new HopsKafkaException(
                $"--where '{_text}' compares {NamesOf(types)}, with a pattern: only strings match patterns.",
                "Compare it by = != < <= > >= or in (A,B).",
                ExitCode.Usage);
        }

        var isOrder = _operator is not ("=" or "!=" or InOperator);
        if (!IsPattern && _operands.FirstOrDefault(wanted => !wanted.IsNull && !types.Any(type => wanted.CanBe(type, isOrder) || (mayDiffer && type.Kind == "enum")))
            is { } impossible)
        {
            throw new HopsKafkaException(
                $"--where '{_text}' compares {NamesOf(types)}, with '{impossible.Text}', which is not one"
                + $"{(types.All(type => type.Kind == "enum") ? " of its symbols" : "")}.",
                $"Compare it with {Remedy(types, impossible.Text)}, or with null where it may be null: '{Path.Text}=null'.",
                ExitCode.Usage);
        }
    }

    /// <summary>Whether an event meets it; an event without the field never does.</summary>
    /// <param name="keys">How keys are read.</param>
        public bool IsMet(DecodedEvent decoded, ValueFormat keys)
    {
        if (!Path.TryGet(decoded, keys, out var field))
        {
            return false;
        }

        return _operator switch
        {
            InOperator => IsAnyOf(field),
            "~" => _operands[0].Matches(field),
            "!~" => !_operands[0].Matches(field),
            _ => IsInOrder(_operands[0].Compare(field)),
        };
    }

    private bool IsInOrder(int? order) => _operator switch
    {
        "=" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private bool IsAnyOf(in AvroValue field)
    {
        foreach (var wanted in _operands)
        {
            if (wanted.Compare(field) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private string NamesOf(IReadOnlyCollection<AvroType> types)
    {
        var kinds = types.Where(FieldKind.IsNumber).Select(type => type.Kind).Distinct().ToList();
        var names = (kinds.Count > 0 ? [$"a number ({string.Join(", ", kinds)})"] : Array.Empty<string>())
            .Concat(types.Where(type => !FieldKind.IsNumber(type)).Select(NameOf)).Distinct();
        return $"{Path.Text}, {string.Join(" or ", names)}";
    }

    private static string NameOf(AvroType type) => type.Kind switch
    {
        "boolean" => "a boolean",
        "enum" => $"an enum of {Listed(type.Symbols)}",
        _ => ComparisonTime.NameOf(type.Logical.Kind) ?? type.Kind,
    };

    private static string Listed(IReadOnlyList<string> symbols) =>
        string.Join(", ", symbols.Take(MaxSymbols)) + (symbols.Count > MaxSymbols ? ", …" : "");

    private static string Remedy(IReadOnlyList<AvroType> types, string wanted) => string.Join(" or ", types.Select(type => type.Kind switch
    {
        "boolean" => "true or false",
        "enum" => Suggestions.Find(wanted, type.Symbols) ?? "one of its symbols",
        _ when ComparisonTime.NameOf(type.Logical.Kind) is { } time => $"{time} ({ComparisonTime.NotationOf(type.Logical.Kind)})",
        _ => "a number",
    }).Distinct());

    [GeneratedRegex(@"^(?<path>[^<>=!~]*?)\s+in\s*\((?<list>.*\S.*)\)\s*$", RegexOptions.Singleline)]
    private static partial Regex InExpression();
}
