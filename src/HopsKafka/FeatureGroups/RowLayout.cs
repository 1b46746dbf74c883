using HopsKafka.Avro;
using HopsKafka.Common;

namespace HopsKafka.FeatureGroups;

/// <summary>What the rows of a feature group are: its features by the order of the registered schema.</summary>
internal sealed class RowLayout
{
    private RowLayout(string name, AvroType schema, IReadOnlyList<Feature> features, string? eventTime)
    {
        (Name, Schema, Features) = (name, schema, features);
        var indexes = Enumerable.Range(0, features.Count).ToList();
        Keys = [.. indexes.Where(i => features[i].IsPrimaryKey).OrderBy(i => features[i].Name, StringComparer.Ordinal)];
        EventTimeIndex = eventTime is null || indexes.FindIndex(i => features[i].Name == eventTime) is not (var time and >= 0) || !IsTime(schema.Fields[time].Type) ? null : time;
        Dates = features.Where(feature => feature.Type.Trim().Equals("date", StringComparison.OrdinalIgnoreCase)).Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        Nulls = [.. indexes.Select(i => FeatureType.IsComplex(features[i].Type)
            ? ComplexFeatureEncoder.Null
            : [(byte)(2 * Math.Max(0, schema.Fields[i].Type.Branches.ToList().FindIndex(branch => branch.Kind == "null")))])];
    }

    /// <summary>What messages call the feature group: <c>feature group readings, version 1,</c>.</summary>
    public string Name { get; }

    /// <summary>The registered schema: a record with a field for each feature.</summary>
    public AvroType Schema { get; }

    /// <summary>The features in the order of the schema.</summary>
    public IReadOnlyList<Feature> Features { get; }

    /// <summary>The indexes of the features of the primary key, by name.</summary>
    public int[] Keys { get; }

    /// <summary>The index of the event time; null for none.</summary>
    public int? EventTimeIndex { get; }

    /// <summary>The names of the features that are dates.</summary>
    public IReadOnlySet<string> Dates { get; }

    /// <summary>What a null of each feature is written as.</summary>
    public IReadOnlyList<byte[]> Nulls { get; }

    /// <summary>Compares the features of a feature group with its registered schema.</summary>
    /// <param name="name">What messages call the feature group.</param>
    /// <param name="features">Its features, in any order.</param>
    /// <param name="schema">The registered text.</param>
    /// <param name="eventTime">The feature that is the event time; null for none.</param>
    /// <exception cref="HopsKafkaException">They do not belong together, or a feature of the primary key has a type without a text.</exception>
    public static RowLayout Of(string name, IReadOnlyList<Feature> features, string schema, string? eventTime)
    {
        var type = Parse(name, schema);
        var byName = features.DistinctBy(feature => feature.Name).ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        var missing = type.Fields.Where(field => !byName.ContainsKey(field.Name)).Select(field => $"{field.Name}: only the schema has it")
            .Concat(features.Where(feature => type.Fields.All(field => field.Name != feature.Name)).Select(feature => $"{feature.Name}: only the feature group has it"))
            .ToList();
        if (missing.Count > 0)
        {
            throw new HopsKafkaException(
                $"Rows of {name} cannot be written: its registered schema has other features.",
                "A feature may just have been added: try again. If that does not help, ask the administrator of Hopsworks.") { Details = missing };
        }

        var layout = new RowLayout(name, type, [.. type.Fields.Select(field => byName[field.Name])], eventTime);
        return layout.Keys.Where(i => !KeyText.Has(type.Fields[i].Type)).Select(i => layout.Features[i]).FirstOrDefault() is { } feature
            ? throw new HopsKafkaException(
                $"Rows of {name} cannot be written: feature {feature.Name} of the primary key is of type {feature.Type}, which has no portable text.",
                "Write this feature group with the hopsworks library, or create one whose primary key is of simple types.")
            : layout;
    }

    /// <summary>The point in time of an event time.</summary>
    /// <param name="units">In the units of its type; null for none.</param>
    /// <returns>Null if there is none, or if the number is beyond the years 1 to 9999.</returns>
    public DateTimeOffset? TimeOf(long? units)
    {
        // Hopsworks takes a number of up to ten digits for seconds, and a longer one for milliseconds.
        const long firstMilliseconds = 100_000_000_000;
        const long millisecondsPerDay = 86_400_000;
        if (units is not { } number || EventTimeIndex is not { } index)
        {
            return null;
        }

        var milliseconds = Schema.Fields[index].Type.Alternatives.First(branch => branch.Kind != "null").Logical.Kind switch
        {
            LogicalKind.TimestampMicros => number / 1000,
            LogicalKind.Date => number * millisecondsPerDay,
            LogicalKind.None when number < firstMilliseconds => number * 1000,
            _ => number,
        };
        return milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }

    private static bool IsTime(AvroType type) => type.Alternatives.All(branch => branch.Kind is "null" or "int" or "long");

    private static AvroType Parse(string name, string schema)
    {
        try
        {
            return AvroType.Parse(schema) is { IsRecord: true } record ? record : throw new InvalidSchemaException("it is not a record");
        }
        catch (InvalidSchemaException e)
        {
            throw new HopsKafkaException(
                $"Rows of {name} cannot be written: its registered schema is not usable: {e.Message}.", "Ask the administrator of Hopsworks.", innerException: e);
        }
    }
}
