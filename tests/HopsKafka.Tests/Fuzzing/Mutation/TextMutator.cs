using System.Text;
using System.Text.RegularExpressions;

namespace HopsKafka.Tests.Fuzzing.Mutation;

/// <summary>Damages texts of a language by its words: what comes out passes the first look of a reader more often than damaged bytes do.</summary>
/// <param name="samples">Valid texts, whose words make new ones.</param>
/// <param name="words">Words to try besides.</param>
internal sealed partial class TextMutator(IReadOnlyList<string> samples, params string[] words)
{
    private const int MostChanges = 8;

    private static readonly string[] s_hostile =
    [
        "0", "-0", "-1", "1", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "18446744073709551616", "1e308", "1e999", "-1e999", "1e-999", "0.1", "NaN", "nan", "inf", "-inf", "Infinity", "0x7fffffff", "1_000", "007",
        "true", "false", "null", "\"\"", "''", "{}", "[]", "{", "}", "[", "]", ",", ":", "=", ".", "\"", "'", "\\", "\n", "\r", "\t", " ", "\0", "\u2028", "#",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\", "\"é😀\"", "\"..\"", "\".\"", "\"/\"", "\"-1\"", "\"1e999\"", "\"x.y\"",
        "\"=?utf-8?q?x?=\"", "\"\\u001b[2J\"", "\"__proto__\"", "\"$\"", "\"99999999999999999999\"", "\"AAAA\"", "\"====\"", "\"9999-12-31T23:59:59Z\"",
        "\"0001-01-01T00:00:00+14:00\"", "1979-05-27", "07:32:00", "1979-05-27T07:32:00-24:00", "\"\"\"", "'''",
    ];

    private static readonly (string Open, string Close)[] s_nests = [("[", "]"), ("{\"a\":", "}"), ("[[", "]]"), ("{a=", "}"), ("(", ")"), ("a.", ""), ("{\"type\":\"array\",\"items\":", "}")];

    private readonly List<List<string>> _samples = [.. samples.Select(s => Split(s))];
    private readonly string[] _hostile = [.. s_hostile, .. words, .. words];
    private readonly byte[][] _bytes = [.. samples.Select(Encoding.UTF8.GetBytes)];

    /// <summary>A new text, which one time in five is damaged as bytes as well.</summary>
    public byte[] Make(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Mutate(random, random.Next(_samples.Count)));
        return random.Next(5) == 0 ? ByteMutator.Mutate(random, bytes, _bytes) : bytes;
    }

    /// <summary>A damaged sample.</summary>
    public string Mutate(Random random, int sample)
    {
        var tokens = new List<string>(_samples[sample]);
        for (var changes = 1 + random.Next(random.Next(1, MostChanges)); changes > 0; changes--)
        {
            Change(random, tokens);
        }

        return string.Concat(tokens);
    }

    private void Change(Random random, List<string> tokens)
    {
        var at = random.Next(tokens.Count + 1);
        var there = at < tokens.Count ? 1 : 0;
        switch (random.Next(10))
        {
            case 0:
                tokens.RemoveRange(at, Math.Min(tokens.Count - at, 1 + random.Next(6)));
                break;
            case 1:
                tokens.InsertRange(random.Next(tokens.Count + 1), tokens.GetRange(at, Math.Min(tokens.Count - at, 1 + random.Next(12))));
                break;
            case 2 or 3 or 4:
                tokens.RemoveRange(at, there);
                tokens.Insert(at, _hostile[random.Next(_hostile.Length)]);
                break;
            case 5:
                tokens.Insert(at, _hostile[random.Next(_hostile.Length)]);
                break;
            case 6 or 7:
                var other = _samples[random.Next(_samples.Count)];
                tokens.RemoveRange(at, there);
                tokens.InsertRange(at, other.Skip(random.Next(other.Count)).Take(1 + random.Next(random.Next(4) == 0 ? 10 : 1)));
                break;
            case 8:
                Nest(random, tokens, at);
                break;
            default:
                Lengthen(random, tokens, at);
                break;
        }
    }

    private static void Nest(Random random, List<string> tokens, int at)
    {
        var (open, close) = s_nests[random.Next(s_nests.Length)];
        var depth = (int)Math.Pow(10, random.NextDouble() * (random.Next(10) == 0 ? 5 : 3));
        tokens.Insert(at, string.Concat(Enumerable.Repeat(open, depth)));
        if (random.Next(4) > 0)
        {
            tokens.Insert(Math.Min(tokens.Count, at + 2), string.Concat(Enumerable.Repeat(close, depth)));
        }
    }

    private static void Lengthen(Random random, List<string> tokens, int at)
    {
        if (at < tokens.Count && tokens[at].Length > 0)
        {
            var token = tokens[at];
            var times = (int)Math.Pow(10, random.NextDouble() * (random.Next(10) == 0 ? 5 : 3));
            var middle = token.Length / 2;
            tokens[at] = token[..middle] + string.Concat(Enumerable.Repeat(token[middle], times)) + token[middle..];
        }
    }

    private static List<string> Split(string text) => [.. Token().Matches(text).Select(m => m.Value)];

    [GeneratedRegex("""[\w-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[ \t]+|.|\n""", RegexOptions.Singleline)]
    private static partial Regex Token();
}
