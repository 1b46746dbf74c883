using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HopsKafka.Tests.Fuzzing.Mutation;

/// <summary>Damages JSON value by value, so that it stays JSON; half of the time it damages its words instead.</summary>
/// <param name="samples">Valid texts; one with several lines is JSON in each of them.</param>
/// <param name="words">Words to try besides.</param>
internal sealed class JsonMutator(IReadOnlyList<string> samples, params string[] words)
{
    // As they stand in JSON: some of them no tree could hold.
    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "-1", "1", "1.5", "1e999", "-0", "2147483648", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "1e-999",
        "\"\"", "\"a\"", "\"null\"", "\"\\ud800\"", "\"\\u0000\"", "\"\\u001b[2J\"", "\"1\"", "\"NaN\"", "\"AAA=\"", "\"AAAAAAcC\"", "\"=\"", "\".\"", "\"a.b\"", "\"9999-12-31T23:59:59.999Z\"",
        "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":null}", "{\"a\":1,\"a\":2}", "[1,\"a\",null]", "{\"type\":\"int\"}",
    ];

    private readonly TextMutator _text = new(samples, words);
    private readonly string[] _values = [.. s_values, .. words.Where(IsJson)];

    /// <summary>A new text.</summary>
    public byte[] Make(Random random) => random.Next(2) == 0 ? _text.Make(random) : Encoding.UTF8.GetBytes(Mutate(random, random.Next(samples.Count)));

    /// <summary>A damaged sample.</summary>
    public string Mutate(Random random, int sample)
    {
        var lines = samples[sample].Split('\n');
        var line = random.Next(lines.Length);
        if (!IsJson(lines[line]))
        {
            return _text.Mutate(random, sample);
        }

        lines[line] = Damaged(random, lines[line]);
        return string.Join('\n', lines);
    }

    private string Damaged(Random random, string json)
    {
        var root = new JsonArray(JsonNode.Parse(json));
        for (var changes = 1 + random.Next(random.Next(1, 4)); changes > 0; changes--)
        {
            var all = All(root).Skip(1).ToList();
            if (all.Count > 0)
            {
                Change(random, all[random.Next(all.Count)], all);
            }
        }

        var text = root.ToJsonString();
        for (var i = 0; i < _values.Length; i++)
        {
            text = text.Replace($"\"{Place(i)}\"", _values[i], StringComparison.Ordinal);
        }

        return text[1..^1];
    }

    private void Change(Random random, (JsonNode Parent, object Key) place, List<(JsonNode Parent, object Key)> all)
    {
        switch (random.Next(8))
        {
            case 0 when place.Parent is JsonObject parent:
                parent.Remove((string)place.Key);
                break;
            case 0 or 1 when place.Parent is JsonArray list:
                list.Insert((int)place.Key, list[(int)place.Key]?.DeepClone());
                break;
            case 2 when place.Parent is JsonObject parent:
                parent[$"{place.Key}{random.Next(3)}"] = Value(place)?.DeepClone();
                break;
            case 3:
                Set(place, Value(all[random.Next(all.Count)])?.DeepClone());
                break;
            case 4:
                var nested = Value(place)?.DeepClone();
                for (var depth = random.Next(1, 60); depth > 0; depth--)
                {
                    nested = random.Next(3) == 0 ? new JsonObject { ["type"] = nested } : new JsonArray(nested);
                }

                Set(place, nested);
                break;
            default:
                Set(place, Place(random.Next(_values.Length)));
                break;
        }
    }

    // Stands for a value until the tree has become a text.
    private static string Place(int value) => $"@@{value}@@";

    private static JsonNode? Value((JsonNode Parent, object Key) place) => place.Key is int index ? place.Parent[index] : place.Parent[(string)place.Key];

    private static void Set((JsonNode Parent, object Key) place, JsonNode? value)
    {
        if (place.Key is int index)
        {
            place.Parent[index] = value;
        }
        else
        {
            place.Parent[(string)place.Key] = value;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> All(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany((item, i) => All(item).Prepend((list, i))),
        JsonObject parent => parent.SelectMany(p => All(p.Value).Prepend((parent, p.Key))),
        _ => [],
    };

    private static bool IsJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
