using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>A feature group with its tables, its ingestions and its job.</summary>
internal sealed class StoredFeatureGroup(int id, int version, HopsworksProject project, FeatureGroupDefinition definition, string topic, MaterializationJob job)
{
    private readonly List<OnlineIngestion> _ingestions = [];

    public int Id => id;

    public int Version => version;

    /// <summary>The project that owns it.</summary>
    public HopsworksProject Project => project;

    public FeatureGroupDefinition Definition => definition;

    public string Name => definition.Name;

    /// <summary>Name of its subject and of its record.</summary>
    public string Subject => SubjectOf(definition.Name, version);

    public string Topic => topic;

    public MaterializationJob Job => job;

    /// <summary>Features with the types of its tables.</summary>
    public IReadOnlyList<StoredFeature> Features { get; } = [.. definition.Features.Select(feature => feature.For(definition.OnlineEnabled))];

    /// <summary>Names of the primary key in the order in which keys are written.</summary>
    public IReadOnlyList<string> PrimaryKey { get; } =
        [.. definition.Features.Where(feature => feature.Primary).Select(feature => feature.Name).Order(StringComparer.Ordinal)];

    public OnlineTable Online { get; } = new();

    public OfflineTable Offline { get; } = new();

    /// <summary>Its announced ingestions, the oldest first.</summary>
    public IReadOnlyList<OnlineIngestion> Ingestions
    {
        get
        {
            lock (_ingestions)
            {
                return [.. _ingestions];
            }
        }
    }

    public static string SubjectOf(string name, int version) => $"{name}_{version}";

    public void Add(OnlineIngestion ingestion)
    {
        lock (_ingestions)
        {
            _ingestions.Add(ingestion);
        }
    }
}
