using System.Text.Json;
using HopsKafka.Avro;

namespace HopsKafka.JsonEncoding;

/// <summary>
/// Encodes a value by the first branch that fits. Avro's own form, an object with the branch's name as its only field, counts where no
/// branch can mean it: where no map is in the union, no record has a field of that name, or the value does not fit them.
/// </summary>
internal sealed class UnionEncoder(AvroType type) : ValueEncoder(type)
{
    private const int NoBranch = -1;
    private const int Tagged = 1 << 30;

    private readonly int[][] _byToken = new int[(int)JsonTokenType.Null + 1][];
    private ValueEncoder[] _branches = [];
    private Utf8NameTable _tags = new([]);
    private int[] _branchOfTag = [];
    private int[][] _othersOfTag = [];

    protected override string Expected => "of its branches";

    /// <summary>The branches that JSON of a kind may fit, in the order of the schema.</summary>
    public override bool Accepts(JsonTokenType token) => _byToken[(int)token].Length > 0;

    /// <summary>Sets the encoders of the branches, of which one may contain this union.</summary>
    public void SetBranches(ValueEncoder[] branches)
    {
        _branches = branches;
        for (var token = 0; token < _byToken.Length; token++)
        {
            _byToken[token] = Indexes(branch => branch.Accepts((JsonTokenType)token));
        }

        _branchOfTag = Indexes(branch => branch.Type.Kind != "null");
        var tags = _branchOfTag.Select(i => branches[i].Type.Name?.Full ?? branches[i].Type.Kind).ToArray();
        _tags = new Utf8NameTable(tags);
        _othersOfTag = [.. tags.Select(tag => Indexes(branch => HasField(branch.Type, tag)))];
    }

    public override bool TryEncode(ref Utf8JsonReader json, EncodingContext context)
    {
        var token = json.TokenType;
        var isNested = token is JsonTokenType.StartObject or JsonTokenType.StartArray;
        if (isNested && context.OpenAttempts > 0 && context.Choices.TryGetValue(((int)json.TokenStartIndex, this), out var choice))
        {
            return choice != NoBranch && TryEncode(ref json, context, choice);
        }

        var tag = token == JsonTokenType.StartObject ? FindTag(json, context) : -1;
        var branches = tag < 0 ? _byToken[(int)token] : _othersOfTag[tag];
        var tagged = tag < 0 ? NoBranch : _branchOfTag[tag] | Tagged;
        if (branches.Length == 0)
        {
            return tag >= 0 ? TryEncode(ref json, context, tagged) : FailAll(ref json, context);
        }

        return branches.Length == 1 && tag < 0 ? TryEncode(ref json, context, branches[0])
            : isNested ? TryEncodeFirst(ref json, context, branches, tagged)
            : TryEncodeFirst(ref json, context, branches);
    }

    // Neither text nor number moves the reader.
    private bool TryEncodeFirst(ref Utf8JsonReader json, EncodingContext context, int[] branches)
    {
        var output = context.Output.Length;
        foreach (var branch in branches)
        {
            if (TryEncode(ref json, context, branch))
            {
                return true;
            }

            context.Output.Truncate(output);
        }

        return FailAll(ref json, context);
    }

    private bool TryEncodeFirst(ref Utf8JsonReader json, EncodingContext context, int[] branches, int tagged)
    {
        var (start, output, segments) = (json.TokenStartIndex, context.Output.Length, context.Segments.Count);
        var before = json;
        var choice = NoBranch;
        ValueEncoder? farthest = null;
        context.OpenAttempts++;
        for (var i = 0; i <= branches.Length && choice == NoBranch; i++)
        {
            var attempt = i < branches.Length ? branches[i] : tagged;
            var failure = context.Failure;
            if (attempt != NoBranch && TryEncode(ref json, context, attempt))
            {
                choice = attempt;
                break;
            }

            farthest = ReferenceEquals(failure, context.Failure) ? farthest : _branches[attempt & ~Tagged];
            json = before;
            context.Output.Truncate(output);
            context.Segments.Pop(segments);
        }

        context.OpenAttempts--;
        if (context.OpenAttempts > 0)
        {
            context.Choices[((int)start, this)] = choice;
        }

        if (choice == NoBranch)
        {
            context.SetFailureBranch(farthest);
            return FailAll(ref json, context);
        }

        return true;
    }

    private bool TryEncode(ref Utf8JsonReader json, EncodingContext context, int choice)
    {
        var branch = choice & ~Tagged;
        context.Output.WriteLong(branch);
        if (branch == choice)
        {
            return _branches[branch].TryEncode(ref json, context);
        }

        json.Read();
        json.Read();
        return _branches[branch].TryEncode(ref json, context) && json.Read();
    }

    private bool FailAll(ref Utf8JsonReader json, EncodingContext context) =>
        context.ReplaceFailure(json.TokenStartIndex, $"{TokenText.Of(ref json)} fits no branch of the union; the schema says {Description}.");

    // Looks ahead with a copy of the reader; -1 for an object of any other form.
    private int FindTag(Utf8JsonReader json, EncodingContext context)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.PropertyName || _tags.Find(context.TextOf(ref json)) is var tag && tag < 0)
        {
            return -1;
        }

        json.Skip();
        json.Read();
        return json.TokenType == JsonTokenType.EndObject ? tag : -1;
    }

    private int[] Indexes(Func<ValueEncoder, bool> isOne) => [.. Enumerable.Range(0, _branches.Length).Where(i => isOne(_branches[i]))];

    private static bool HasField(AvroType branch, string name) => branch.Kind == "map" || branch.Fields.Any(field => field.Name == name);
}
