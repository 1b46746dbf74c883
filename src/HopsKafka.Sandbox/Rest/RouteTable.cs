using HopsKafka.Sandbox.Rest.Calls;
using HopsKafka.Sandbox.Rest.State;
using static HopsKafka.Sandbox.Rest.MediaTypes;
using static HopsKafka.Sandbox.Rest.State.ProjectRole;

namespace HopsKafka.Sandbox.Rest;

/// <summary>All calls of the API. The columns: method, path, request type, response type, authorization, handler.</summary>
internal static class RouteTable
{
    private const string ProjectPath = "project/{project:int}/";

    private static readonly string[] Any = [];

    public static IReadOnlyList<Route> For(ServerQuirks quirks) =>
        [.. HopsworksCalls(), .. FeatureStoreRoutes(quirks), .. JobRoutes(), .. StoredRowRoutes(), .. KafkaCalls(quirks)];

    private static IEnumerable<Route> HopsworksCalls() =>
    [
        new("GET", "variables/versions", Any, [Json], null, null, ProjectCalls.Versions),
        new("GET", "variables/{name}", Any, [Json], null, null, ProjectCalls.Variable),
        new("GET", "project", Any, [Json], ApiScope.Project, null, ProjectCalls.List),
        new("GET", "project/getProjectInfo/{name}", Any, [Json], ApiScope.Project, null, ProjectCalls.Info),
        new("GET", ProjectPath + "credentials", Any, [Json], ApiScope.Project, DataScientist, ProjectCalls.Credentials),
    ];

    private static IEnumerable<Route> FeatureStoreRoutes(ServerQuirks quirks)
    {
        const string path = ProjectPath + "featurestores/{featurestore}";
        const string groups = path + "/featuregroups";
        const string group = groups + "/{featuregroup}";
        const string suite = group + "/expectationsuite";
        const string ingestion = group + "/online_ingestion";
        yield return new("GET", path, Any, [Json], ApiScope.FeatureStore, DataScientist, FeatureStoreCalls.Find);
        yield return new("GET", groups, Any, [Json], ApiScope.FeatureStore, DataScientist, FeatureGroupCalls.List);
        yield return new("POST", groups, [Json], [Json], ApiScope.FeatureStore, DataScientist, FeatureGroupCalls.CreateAsync);
        yield return new("GET", group, Any, [Json], ApiScope.FeatureStore, DataScientist, FeatureGroupCalls.Find);
        yield return new("GET", suite, Any, [Json], ApiScope.Job, DataScientist, FeatureGroupCalls.ExpectationSuite);
        if (quirks.HasKafkaConnector)
        {
            const string connector = path + "/storageconnectors/kafka_connector/byok";
            yield return new("GET", connector, Any, [Json], ApiScope.FeatureStore, DataScientist, FeatureStoreCalls.KafkaConnector);
        }

        if (quirks.HasFeatureStoreSubjects)
        {
            const string subject = path + "/kafka/subjects/{subject}/versions/{version}";
            yield return new("GET", subject, [Json], [Json], ApiScope.Kafka, DataScientist, FeatureStoreCalls.Subject);
        }

        if (quirks.HasOnlineIngestions)
        {
            yield return new("GET", ingestion, Any, [Json], ApiScope.FeatureStore, DataScientist, OnlineIngestionCalls.List);
            yield return new("POST", ingestion, [Json], [Json], ApiScope.FeatureStore, DataScientist, OnlineIngestionCalls.CreateAsync);
        }
    }

    private static IEnumerable<Route> JobRoutes()
    {
        const string job = ProjectPath + "jobs/{job}";
        const string executions = job + "/executions";
        return
        [
            new("GET", job, Any, [Json], ApiScope.Job, DataScientist, JobCalls.Find),
            new("GET", executions, Any, [Json], ApiScope.Job, DataScientist, JobCalls.Executions),
            new("POST", executions, [Text], [Json], ApiScope.Job, DataScientist, JobCalls.StartAsync),
            new("GET", executions + "/{execution:int}", Any, [Json], ApiScope.Job, DataScientist, JobCalls.Execution),
        ];
    }

    // Of the sandbox alone: what arrived in the tables.
    private static IEnumerable<Route> StoredRowRoutes() =>
    [
        new("GET", "/sandbox/online/{name}/{version:int}/{key}", Any, [Json], ApiScope.FeatureStore, null, StoredRowCalls.Online),
        new("GET", "/sandbox/offline/{name}/{version:int}", Any, [Json], ApiScope.FeatureStore, null, StoredRowCalls.Offline),
    ];

    private static IEnumerable<Route> KafkaCalls(ServerQuirks quirks)
    {
        // PUT config and POST topics accept only JSON, even in the newest release.
        string[] jsonOrConfluent = quirks.AcceptsConfluentMediaType ? [Json, ConfluentJson] : [Json];
        const string subject = "subjects/{subject}";
        const string version = subject + "/versions/{version}";
        const string topicVersion = "topics/{topic}/subjects/{subject}/versions/{version:int}";
        return
        [
            Kafka("GET", "clusterinfo", Any, [Json], DataScientist, TopicCalls.ClusterInfo),
            Kafka("GET", "topics", Any, [Json], DataScientist, TopicCalls.List),
            Kafka("POST", "topics", [Json], [Json], DataOwner, TopicCalls.CreateAsync),
            Kafka("GET", "topics/{topic}", Any, [Json], DataScientist, TopicCalls.DescribeAsync),
            Kafka("DELETE", "topics/{topic}", Any, [Json], DataOwner, TopicCalls.DeleteAsync),
            Kafka("GET", "topics/{topic}/subjects", Any, [Json], DataScientist, TopicCalls.Schema),
            Kafka("PUT", topicVersion, Any, [Json], DataScientist, TopicCalls.SetSchema),
            Kafka("GET", "subjects", Any, [Text], DataScientist, SubjectCalls.List),
            Kafka("POST", subject, jsonOrConfluent, [Json], DataScientist, SubjectCalls.LookUpAsync),
            Kafka("DELETE", subject, Any, [Text, Json], DataScientist, SubjectCalls.Delete),
            Kafka("GET", subject + "/versions", [Json], [Text], DataScientist, SubjectCalls.Versions),
            Kafka("POST", subject + "/versions", jsonOrConfluent, [Json], DataScientist, SubjectCalls.RegisterAsync),
            Kafka("GET", version, [Json], [Json], DataScientist, SubjectCalls.Version),
            Kafka("GET", version + "/schema", [Json], [Json], DataScientist, SubjectCalls.VersionText),
            Kafka("DELETE", version, Any, [Json, Text], DataScientist, SubjectCalls.DeleteVersion),
            Kafka("GET", "schemas/ids/{id:int}", [Json], [Json], DataScientist, SubjectCalls.ById),
            Kafka("POST", "compatibility/" + version, jsonOrConfluent, [Json], DataScientist, CompatibilityCalls.CheckAsync),
            Kafka("GET", "config", [Json], [Json], DataScientist, CompatibilityCalls.ProjectLevel),
            Kafka("GET", "config/{subject}", [Json], [Json], DataScientist, CompatibilityCalls.SubjectLevel),
            Kafka("PUT", "config", [Json], [Json], DataOwner, CompatibilityCalls.SetProjectLevelAsync),
            Kafka("PUT", "config/{subject}", jsonOrConfluent, [Json], DataOwner, CompatibilityCalls.SetSubjectLevelAsync),
        ];
    }

    private static Route Kafka(
        string method, string path, string[] consumes, string[] produces, ProjectRole role, Func<RequestContext, Task<Response>> handler) =>
        new(method, ProjectPath + "kafka/" + path, consumes, produces, ApiScope.Kafka, role, handler);
}
