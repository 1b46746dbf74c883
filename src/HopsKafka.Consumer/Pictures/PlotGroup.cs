using HopsKafka.Consumer.Outputs;

namespace HopsKafka.Consumer.Pictures;

/// <summary>The grouping into panels: by a field, the key, or the partition.</summary>
internal sealed class PlotGroup
{
    private const string KeyWord = "_key";
    private const string PartitionWord = "_partition";
    private const int MaxNameLength = 200;

    private PlotGroup(string text, FieldPath? field) => (Text, Field) = (text, field);

    /// <summary>The words that are allowed instead of a field.</summary>
    public static IReadOnlyList<string> Words { get; } = [KeyWord, PartitionWord];

    /// <summary>The key of the events.</summary>
    public static PlotGroup Key { get; } = new(KeyWord, null);

    /// <summary>The partition of the events.</summary>
    public static PlotGroup Partition { get; } = new(PartitionWord, null);

    /// <summary>The value of <c>--plot-by</c>.</summary>
    public string Text { get; }

    /// <summary>The field; null for key and partition.</summary>
    public FieldPath? Field { get; }

    /// <summary>The noun for a panel.</summary>
    public string Noun => Text.TrimStart('_');

    /// <summary>Parses the value of <c>--plot-by</c>.</summary>
    /// <param name="text">A path of a field, <c>_key</c> or <c>_partition</c>.</param>
    /// <returns>The grouping; null if invalid.</returns>
    public static PlotGroup? TryParse(string text) => text switch
    {
        KeyWord => Key,
        PartitionWord => Partition,
        _ => FieldPath.TryParse(text) is { } field ? new PlotGroup(text, field) : null,
    };

    /// <summary>Name of the panel of a partition.</summary>
    public static string NameOf(int partition) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"partition {partition}");

    /// <summary>Name of the panel of a text, truncated to bound the memory.</summary>
    /// <param name="text">The text of a field or key.</param>
    public static string NameOf(string text) => text.Length <= MaxNameLength ? text : string.Concat(text.AsSpan(0, MaxNameLength), "…");
}
