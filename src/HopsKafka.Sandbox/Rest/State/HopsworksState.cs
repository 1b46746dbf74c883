using HopsKafka.Sandbox.FeatureStore;

namespace HopsKafka.Sandbox.Rest.State;

/// <summary>The state of the embedded Hopsworks, in memory. Safe for use by many threads.</summary>
internal sealed class HopsworksState
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, HopsworksProject> _projects = [];

    public ApiKeyStore ApiKeys { get; } = new();

    public SchemaStore Schemas { get; } = new();

    /// <summary>The topics of all projects, as Hopsworks' database holds them beside Kafka itself.</summary>
    public TopicStore Topics { get; } = new();

    public FeatureCatalog FeatureGroups { get; } = new();

    /// <summary>The projects in the order of their ids.</summary>
    public IReadOnlyList<HopsworksProject> Projects
    {
        get
        {
            lock (_gate)
            {
                return [.. _projects.Values];
            }
        }
    }

    /// <summary>Creates a project as Hopsworks does: level BACKWARD, subject <c>inferenceschema</c> with versions 1 to 3.</summary>
    /// <exception cref="ArgumentException">The name or the number is taken.</exception>
    public HopsworksProject AddProject(string name, int? id = null)
    {
        lock (_gate)
        {
            if (_projects.Values.Any(p => p.Name == name))
            {
                throw new ArgumentException($"a project named '{name}' exists", nameof(name));
            }

            var project = new HopsworksProject(id ?? _projects.Keys.Append(118).Max() + 1, name);
            _projects.Add(project.Id, project);
            InferenceSchema.AddTo(Schemas, project.Id);
            return project;
        }
    }

    public HopsworksProject? FindProject(int id)
    {
        lock (_gate)
        {
            return _projects.GetValueOrDefault(id);
        }
    }

    public HopsworksProject? FindProject(string name) => Projects.FirstOrDefault(project => project.Name == name);
}
