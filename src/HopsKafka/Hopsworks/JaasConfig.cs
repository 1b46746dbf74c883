using System.Text;

namespace HopsKafka.Hopsworks;

/// <summary>
/// Reads <c>sasl.jaas.config</c> as Kafka's Java clients do: the class of a login module, a flag, options as <c>name="value"</c>, and a
/// semicolon. Quotes are <c>"</c> or <c>'</c>, escapes and comments those of Java. Messages repeat nothing of the text, which holds a password.
/// </summary>
internal sealed class JaasConfig
{
    private static readonly string[] s_flags = ["required", "requisite", "sufficient", "optional"];

    private readonly string _text;
    private int _at;

    private JaasConfig(string text) => _text = text;

    private bool IsAtEnd => _at == _text.Length;

    /// <summary>The simple name of the login module's class, and its options.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static (string Module, IReadOnlyDictionary<string, string> Options) Parse(string text) => new JaasConfig(text).Parse();

    private (string Module, IReadOnlyDictionary<string, string> Options) Parse()
    {
        var module = Word("the class of a login module is missing");
        if (!s_flags.Contains(Word("the flag after the login module is missing"), StringComparer.OrdinalIgnoreCase))
        {
            throw new FormatException("the login module is not followed by a flag such as required");
        }

        var options = new Dictionary<string, string>();
        while (!Accept(';'))
        {
            var name = Word("the semicolon at its end is missing");
            if (!Accept('='))
            {
                throw new FormatException("an option is not of the form name=\"value\"");
            }

            options[name] = Word("an option has no value");
        }

        SkipBlanks();
        return IsAtEnd ? (module[(module.LastIndexOf('.') + 1)..], options) : throw new FormatException("it has more than one login module");
    }

    private bool Accept(char wanted)
    {
        SkipBlanks();
        if (IsAtEnd || _text[_at] != wanted)
        {
            return false;
        }

        _at++;
        return true;
    }

    private string Word(string ifMissing)
    {
        SkipBlanks();
        if (!IsAtEnd && _text[_at] is '"' or '\'')
        {
            return Quoted(_text[_at++]);
        }

        var start = _at;
        while (!IsAtEnd && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '$' or '.'))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw new FormatException(ifMissing);
    }

    private string Quoted(char quote)
    {
        var value = new StringBuilder();
        while (!IsAtEnd && _text[_at] is not ('\n' or '\r'))
        {
            var c = _text[_at++];
            if (c == quote)
            {
                return value.ToString();
            }

            value.Append(c == '\\' && !IsAtEnd ? Escaped() : c);
        }

        throw new FormatException("a quotation mark is not closed");
    }

    private char Escaped()
    {
        var c = _text[_at++];
        return c switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            >= '0' and <= '7' => Octal(c),
            _ => c,
        };
    }

    // Up to three digits, and up to octal 377.
    private char Octal(char first)
    {
        var value = first - '0';
        for (var rest = first <= '3' ? 2 : 1; rest > 0 && !IsAtEnd && _text[_at] is >= '0' and <= '7'; rest--)
        {
            value = (value * 8) + (_text[_at++] - '0');
        }

        return (char)value;
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd && (_text[_at] <= ' ' || _text[_at] == '/'))
        {
            var end = _text[_at] != '/' ? _at + 1
                : _text.AsSpan(_at).StartsWith("/*") ? EndOf("*/", _at + 2)
                : EndOf("\n", _at);
            _at = end;
        }
    }

    private int EndOf(string mark, int from) => _text.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var found ? found + mark.Length : _text.Length;
}
