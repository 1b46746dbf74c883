using System.Globalization;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Consumer.Decoding;

namespace HopsKafka.Consumer.Outputs;

/// <summary>
/// The rows of <c>--feature-group</c>, and the conditions of <c>--where</c>: an event that meets all of them is shown. Not thread-safe.
/// </summary>
internal sealed class EventFilter
{
    private const string FeatureGroupHeader = "featureGroupId";

    private readonly FieldCondition[] _conditions;
    private readonly ValueFormat _keys;
    private readonly HashSet<AvroType> _checked = new(ReferenceEqualityComparer.Instance);
    private AvroType? _lastChecked;
    private byte[]? _featureGroup;

    /// <summary>Creates the filter.</summary>
    /// <param name="keys">How keys are read.</param>
    /// <exception cref="HopsKafkaException">A condition compares <c>_partition</c>, <c>_offset</c> or <c>_timestamp</c> with a value of another type.</exception>
    public EventFilter(IReadOnlyList<FieldCondition> conditions, ValueFormat keys)
    {
        (_conditions, _keys) = ([.. conditions], keys);
        foreach (var condition in _conditions.Where(c => c.Path.IsProperty))
        {
            // Its type does not depend on the schema.
            condition.Check(PlainValue.Null.Type);
        }
    }

    /// <summary>Accepts only the rows of one feature group, before any event is read.</summary>
    public void SelectFeatureGroup(int id) => _featureGroup = Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether an event is to be decoded: feature groups share topics, and the schema of another one may not be known here.</summary>
    public bool Accepts(ConsumeResult<byte[], byte[]> source) => _featureGroup is null
        || (source.Message.Headers is { } headers && headers.TryGetLastBytes(FeatureGroupHeader, out var id) && id.AsSpan().SequenceEqual(_featureGroup));

    /// <summary>Whether there are no conditions.</summary>
    public bool IsEmpty => _conditions.Length == 0;

    /// <summary>Checks the conditions against a schema.</summary>
    /// <param name="mayDiffer">Whether other values may have another schema, with more symbols of an enum.</param>
    /// <exception cref="HopsKafkaException">A condition compares a field with a value of another type.</exception>
    public void Check(AvroType root, bool mayDiffer = false)
    {
        foreach (var condition in _conditions)
        {
            condition.Check(root, mayDiffer);
        }
    }

    /// <summary>Whether an event meets all conditions.</summary>
        /// <exception cref="HopsKafkaException">Its schema does not fit a condition.</exception>
    public bool IsMet(DecodedEvent decoded)
    {
        if (_conditions.Length == 0)
        {
            return true;
        }

        if (decoded.Root is { } root && !ReferenceEquals(root, _lastChecked))
        {
            CheckOnce(root);
        }

        foreach (var condition in _conditions)
        {
            if (!condition.IsMet(decoded, _keys))
            {
                return false;
            }
        }

        return true;
    }

    private void CheckOnce(AvroType root)
    {
        if (_checked.Add(root))
        {
            Check(root, mayDiffer: true);
        }

        _lastChecked = root;
    }
}
