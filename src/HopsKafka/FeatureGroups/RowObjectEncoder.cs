using System.Buffers;
using System.Text;
using System.Text.Json;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.JsonEncoding;

namespace HopsKafka.FeatureGroups;

/// <summary>Encodes the object of a row, and writes the text of its key.</summary>
internal sealed class RowObjectEncoder : RecordEncoder
{
    private readonly RowLayout _layout;
    private readonly bool _isDelete;
    private readonly Utf8NameTable _names;
    private readonly List<int> _spelled = [];
    private readonly ArrayBufferWriter<byte> _key = new();
    private readonly ArrayBufferWriter<byte> _identity = new();
    private Utf8NameTable _spellings = new([]);

    /// <summary>Makes the encoder of rows.</summary>
    /// <param name="isDelete">Whether rows are deleted: only the primary key counts.</param>
    public RowObjectEncoder(RowLayout layout, bool isDelete)
        : base(layout.Schema)
    {
        (_layout, _isDelete) = (layout, isDelete);
        _names = new Utf8NameTable([.. layout.Features.Select(feature => feature.Name)]);
        SetFields([.. layout.Features.Select((feature, i) =>
            isDelete && !feature.IsPrimaryKey ? new AbsentFeatureEncoder(Type.Fields[i].Type, layout.Nulls[i]) : FeatureEncoders.Of(Type.Fields[i].Type, feature))]);
    }

    public override string Description => _layout.Name;

    /// <summary>The text of the last row's key.</summary>
    public ReadOnlySpan<byte> Key => _key.WrittenSpan;

    /// <summary>The Avro of the last row's key.</summary>
    public ReadOnlySpan<byte> Identity => _identity.WrittenSpan;

    /// <summary>The event time of the last row in the units of its type; null for none.</summary>
    public long? EventTime { get; private set; }

    protected override string Part => "feature";

    protected override bool FailKind(ref Utf8JsonReader json, EncodingContext context) =>
        context.Fail(json.TokenStartIndex, $"{TokenText.Of(ref json)} is not an object; a row is one with a value for each feature.");

    protected override int Find(ReadOnlySpan<byte> name, int likely)
    {
        var index = _names.Find(name, likely);
        return index >= 0 ? index : FindSpelling(name);
    }

    protected override bool TryWriteMissing(ref Utf8JsonReader json, EncodingContext context, int index)
    {
        if (_isDelete)
        {
            context.Output.Write(_layout.Nulls[index]);
            return true;
        }

        var name = _layout.Features[index].Name;
        return context.Fail(json.TokenStartIndex, $"the feature is missing; each row has all features, and null stands for no value.", name);
    }

    protected override bool TryFinish(ref Utf8JsonReader json, EncodingContext context, int fields)
    {
        _key.ResetWrittenCount();
        _identity.ResetWrittenCount();
        foreach (var index in _layout.Keys)
        {
            var segment = context.Segments[fields + index];
            if (segment.Offset == 0)
            {
                return context.Fail(json.TokenStartIndex, $"the feature is missing, and part of the primary key.", _layout.Features[index].Name);
            }

            var encoded = context.Output.Written.Slice(segment.Start, segment.Length);
            var type = AvroFieldReader.Unwrap(Type.Fields[index].Type, encoded, out var value)!;
            if (!KeyText.TryWrite(type, value, _key))
            {
                return context.Fail(segment.Offset, $"it is NaN, and part of the primary key.");
            }

            _identity.Write(encoded);
        }

        EventTime = _layout.EventTimeIndex is { } time && !_isDelete ? ReadTime(context, context.Segments[fields + time], time) : null;
        return true;
    }

    /// <summary>The name of a feature as Hopsworks keeps it.</summary>
    public static string Normalize(string name) => name.ToLowerInvariant().Replace(' ', '_');

    // The official client lowers names and replaces blanks. A program spells a name in each row alike.
    private int FindSpelling(ReadOnlySpan<byte> name)
    {
        const int mostSpellings = 256;
        var known = _spellings.Find(name);
        if (known >= 0)
        {
            return _spelled[known];
        }

        var spelling = Encoding.UTF8.GetString(name);
        var index = _names.Find(Encoding.UTF8.GetBytes(Normalize(spelling)));
        if (_spelled.Count < mostSpellings)
        {
            _spelled.Add(index);
            _spellings = new Utf8NameTable([.. _spellings.Names, spelling]);
        }

        return index;
    }

    private long? ReadTime(EncodingContext context, Segment segment, int index) =>
        segment.Offset > 0 && AvroFieldReader.Unwrap(Type.Fields[index].Type, context.Output.Written.Slice(segment.Start, segment.Length), out var value) is not null
            ? new AvroSpanReader(value).ReadLong()
            : null;
}
