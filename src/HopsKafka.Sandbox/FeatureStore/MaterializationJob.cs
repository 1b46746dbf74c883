using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>The job that copies the events of a feature group's topic to its offline table. Safe for use by many threads.</summary>
/// <param name="id">Its number.</param>
/// <param name="name">Its name, from that of the feature group.</param>
/// <param name="creator">Who created the feature group.</param>
/// <param name="projectName">Name of the project.</param>
internal sealed class MaterializationJob(int id, string name, HopsworksUser creator, string projectName)
{
    private readonly List<JobExecution> _executions = [];

    public int Id => id;

    public string Name => name;

    public HopsworksUser Creator => creator;

    public DateTimeOffset Created { get; } = DateTimeOffset.UtcNow;

    /// <summary>Arguments that a client sends with each run.</summary>
    public string DefaultArguments { get; } = $"-op offline_fg_materialization -path hdfs:///Projects/{projectName}/Resources/jobs/{name}/config.json";

    /// <summary>Its runs, the newest first.</summary>
    public IReadOnlyList<JobExecution> Executions
    {
        get
        {
            lock (_executions)
            {
                return [.. _executions.AsEnumerable().Reverse()];
            }
        }
    }

    /// <summary>Only one run reads at a time.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The next offset of each partition; null before the first run has finished.</summary>
    public IReadOnlyDictionary<int, long>? Checkpoint { get; set; }

    public static string NameOf(string featureGroup, int version) => $"{featureGroup}_{version}_offline_fg_materialization";

    public void Add(JobExecution execution)
    {
        lock (_executions)
        {
            _executions.Add(execution);
        }
    }
}
