namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>The feature groups of all projects, and the numbers that the feature store hands out. Safe for use by many threads.</summary>
internal sealed class FeatureCatalog
{
    private readonly Lock _gate = new();
    private readonly List<StoredFeatureGroup> _groups = [];
    private int _ids = 1000;

    /// <summary>A number that no group, job, execution or ingestion has.</summary>
    public int NextId() => Interlocked.Increment(ref _ids);

    public void Add(StoredFeatureGroup group)
    {
        lock (_gate)
        {
            _groups.Add(group);
        }
    }

    public StoredFeatureGroup? Find(int id) => All().FirstOrDefault(group => group.Id == id);

    /// <summary>The groups of a project, in the order of their creation.</summary>
    public IReadOnlyList<StoredFeatureGroup> Of(int projectId) => [.. All().Where(group => group.Project.Id == projectId)];

    /// <summary>The group that has a topic of its own; null for a shared topic.</summary>
    public StoredFeatureGroup? OwnerOf(string topic) => All().Where(group => group.Topic == topic).Take(2).ToList() is [var only] ? only : null;

    private List<StoredFeatureGroup> All()
    {
        lock (_gate)
        {
            return [.. _groups];
        }
    }
}
