using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;

namespace HopsKafka.JsonEncoding;

/// <summary>What the encoders of one line share: the output, the open objects, and why the value fits nowhere.</summary>
internal sealed class EncodingContext
{
    private byte[] _text = new byte[256];

    public EncodingContext(bool ignoresUnknownFields)
    {
        IgnoresUnknownFields = ignoresUnknownFields;
        KeyOrder = (a, b) => Output.Written.Slice(a.Start, a.Length).SequenceCompareTo(Output.Written.Slice(b.Start, b.Length)) is var order and not 0
            ? order
            : a.Offset.CompareTo(b.Offset);
    }

    /// <summary>Whether fields that the schema does not have are skipped.</summary>
    public bool IgnoresUnknownFields { get; }

    /// <summary>The Avro binary.</summary>
    public AvroBuffer Output { get; } = new();

    /// <summary>Fields and keys of the open objects.</summary>
    public SegmentStack Segments { get; } = new();

    /// <summary>Orders keys by their bytes, then by their place in the JSON.</summary>
    public Comparison<Segment> KeyOrder { get; }

    /// <summary>Which branch of a union fits the value at an offset, so that it is found once however many outer branches are tried.</summary>
    public Dictionary<(int Offset, UnionEncoder Union), int> Choices { get; } = [];

    /// <summary>Attempts that are open: their values may be encoded again.</summary>
    public int OpenAttempts { get; set; }

    /// <summary>Whether reasons are composed.</summary>
    public bool IsExplaining { get; private set; }

    /// <summary>Why the value does not fit; of several attempts, the reason of the one that got farthest.</summary>
    public EncodingFailure? Failure { get; private set; }

    /// <summary>Begins a line.</summary>
    public void Begin(bool isExplaining)
    {
        (IsExplaining, Failure, OpenAttempts) = (isExplaining, null, 0);
        Output.Truncate(0);
        Segments.Pop(0);
        Choices.Clear();
    }

    /// <summary>Records why a value does not fit.</summary>
    /// <param name="at">Where it stands.</param>
    /// <param name="field">A field below it that is missing; null for none.</param>
    /// <returns>False.</returns>
    public bool Fail(long at, [InterpolatedStringHandlerArgument("")] ref FailureText reason, string? field = null)
    {
        if (IsExplaining && (Failure is null || at > Failure.Offset))
        {
            Failure = new EncodingFailure((int)at, reason.Compose(), field);
        }

        return false;
    }

    /// <summary>Replaces the reason of the attempts at one value.</summary>
    /// <returns>False.</returns>
    public bool ReplaceFailure(long at, [InterpolatedStringHandlerArgument("")] ref FailureText reason)
    {
        if (IsExplaining && (Failure is null || at >= Failure.Offset))
        {
            Failure = new EncodingFailure((int)at, reason.Compose(), null);
        }

        return false;
    }

    /// <summary>Adds to the reason as which branch of a union the value was read.</summary>
    /// <param name="branch">The branch whose attempt got farthest; null when none got farther than others before it.</param>
    public void SetFailureBranch(ValueEncoder? branch)
    {
        if (branch is not null && Failure is { Branch: null } failure)
        {
            Failure = failure with { Branch = branch.Description };
        }
    }

    /// <summary>The text of a string or of a field's name; valid until the next call.</summary>
    /// <exception cref="MalformedJsonException">It has half of a surrogate pair.</exception>
    public ReadOnlySpan<byte> TextOf(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            return json.ValueSpan;
        }

        if (_text.Length < json.ValueSpan.Length)
        {
            _text = new byte[Math.Max(json.ValueSpan.Length, 2 * _text.Length)];
        }

        try
        {
            var text = _text.AsSpan(0, json.CopyString(_text));
            return Utf8.IsValid(text) ? text : throw new MalformedJsonException(json.TokenStartIndex, "the text has half of a surrogate pair.");
        }
        catch (InvalidOperationException e)
        {
            throw new MalformedJsonException(json.TokenStartIndex, "the text has half of a surrogate pair.", e);
        }
    }
}

/// <summary>Why a value does not fit.</summary>
/// <param name="Offset">Where in the JSON.</param>
/// <param name="Field">A missing field of the object there; null for none.</param>
internal sealed record EncodingFailure(int Offset, string Reason, string? Field)
{
    /// <summary>The branch of a union as which the value was read; null outside of unions.</summary>
    public string? Branch { get; init; }
}
