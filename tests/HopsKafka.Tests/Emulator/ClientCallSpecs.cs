using HopsKafka.Hopsworks;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.Sandbox.Rest;
using Level = Confluent.SchemaRegistry.Compatibility;
using RegisteredSchema = Confluent.SchemaRegistry.RegisteredSchema;
using SchemaType = Confluent.SchemaRegistry.SchemaType;

namespace HopsKafka.Tests.Emulator;

[Collection(typeof(EmulatorTests))]
public sealed class ClientCallSpecs(EmulatedReleases releases)
{
    private const string Confluent = "application/vnd.schemaregistry.v1+json";
    private const string Narrow = """{"type":"record","name":"r","fields":[{"name":"a","type":"int"}]}""";
    private const string Wide = """{"type":"record","name":"r","fields":[{"name":"a","type":"int"},{"name":"b","type":"int","default":0}]}""";
    private const string Other = """{"type":"record","name":"r","fields":[{"name":"a","type":"string"}]}""";

    private static readonly Dictionary<string, Func<RegistryApi, Task>> s_calls = new()
    {
        ["look up"] = client => client.LookupSchemaAsync("r", Narrow),
        ["register"] = client => client.RegisterSchemaAsync("r", Wide),
        ["check"] = client => client.IsCompatibleAsync("r", Wide),
        ["set the subject's level"] = client => client.UpdateCompatibilityAsync(Level.Full, "r"),
        ["set the project's level"] = client => client.UpdateCompatibilityAsync(Level.Full),
    };

    // The last one takes JSON only in every release.
    public static TheoryData<string, string, string, string, int, int> CallsWithBody { get; } = new()
    {
        // call, method, path, body, status for Confluent's media type in 2.2, in 2.5
        { "look up", "POST", "subjects/r", RestJson.Body("schema", Narrow), 415, 200 },
        { "register", "POST", "subjects/r/versions", RestJson.Body("schema", Wide), 415, 200 },
        { "check", "POST", "compatibility/subjects/r/versions/latest", RestJson.Body("schema", Wide), 415, 200 },
        { "set the subject's level", "PUT", "config/r", """{"compatibility":"FULL"}""", 415, 200 },
        { "set the project's level", "PUT", "config", """{"compatibility":"FULL"}""", 415, 415 },
    };

    [Theory]
    [MemberData(nameof(CallsWithBody))]
    public async Task Calls_with_a_body_work_where_Confluents_media_type_is_refused(
        string call, string method, string path, string body, int in22, int in25)
    {
        foreach (var (release, status) in new[] { ("2.2", in22), ("2.5", in25) })
        {
            var project = releases.NewProject(release);
            project.Register("r", Narrow);
            using var client = project.Client();

            await s_calls[call](client);
            var refused = await project.SendAsync(new HttpMethod(method), path, body, Confluent);

            Assert.Equal((release, status), (release, refused));
        }
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task A_registered_schema_is_found_in_every_way(string release)
    {
        using var client = releases.NewProject(release).Client();

        var id = await client.RegisterSchemaAsync("sensor", SensorSchema.TutorialText);
        var again = await client.RegisterSchemaAsync("sensor", RestTestServer.NestedLogicalType);
        var byText = await client.LookupSchemaAsync("sensor", RestTestServer.NestedLogicalType);
        var idByText = await client.GetSchemaIdAsync("sensor", SensorSchema.TutorialText);
        var byVersion = await client.GetRegisteredSchemaAsync("sensor", 1);
        var latest = await client.GetLatestSchemaAsync("sensor");
        var byId = await client.GetSchemaAsync(id);

        Assert.Equal(new RegisteredSchema("sensor", 1, id, SensorSchema.TutorialText, SchemaType.Avro, []), byText);
        Assert.Equal([id, id], [again, idByText]);
        Assert.Equal([byText, byText], [byVersion, latest]);
        Assert.Equal(SensorSchema.TutorialText, byId);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task Subjects_and_versions_are_listed(string release)
    {
        using var client = releases.NewProject(release).Client();
        await client.RegisterSchemaAsync("r", Narrow);
        await client.RegisterSchemaAsync("r", Wide);

        var subjects = await client.GetAllSubjectsAsync();
        var versions = await client.GetSubjectVersionsAsync("r");
        var reserved = await client.GetSubjectVersionsAsync("inferenceschema");

        Assert.Equal(["inferenceschema", "r"], subjects);
        Assert.Equal([1, 2], versions);
        Assert.Equal([1, 2, 3], reserved);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task Compatibility_is_checked_by_the_level_that_was_set(string release)
    {
        var project = releases.NewProject(release);
        project.Register("r", Narrow);
        using var client = project.Client();

        var wide = await client.IsCompatibleAsync("r", Wide);
        var other = await client.IsCompatibleAsync("r", Other);
        await client.UpdateCompatibilityAsync(Level.None, "r");
        var free = await client.IsCompatibleAsync("r", Other);

        Assert.Equal([true, false, true], [wide, other, free]);
    }

    public static TheoryData<string, Level> Levels { get; } =
        [.. from release in new[] { "2.2", "2.5" } from level in Enum.GetValues<Level>() select (release, level)];

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Every_level_is_set_and_read_for_project_and_subject(string release, Level level)
    {
        var project = releases.NewProject(release);
        project.Register("r", Narrow);
        using var client = project.Client();

        var atFirst = await client.GetCompatibilityAsync();
        await client.UpdateCompatibilityAsync(Level.Forward);
        var confirmed = await client.UpdateCompatibilityAsync(level, "r");
        var ofSubject = await client.GetCompatibilityAsync("r");
        var ofProject = await client.GetCompatibilityAsync();

        Assert.Equal([Level.Backward, level, level, Level.Forward], [atFirst, confirmed, ofSubject, ofProject]);
    }

    [Theory]
    [InlineData("se.ri.sensor")]
    [InlineData("my topic-value")]
    [InlineData("mätning")]
    [InlineData("50%20off")]
    [InlineData("a+b&c?d#e")]
    public async Task A_subject_of_unusual_letters_keeps_its_name(string subject)
    {
        using var client = releases.NewProject("2.2").Client();
        await client.RegisterSchemaAsync(subject, Narrow);

        var found = await client.LookupSchemaAsync(subject, Narrow);
        var subjects = await client.GetAllSubjectsAsync();

        Assert.Equal(subject, found.Subject);
        Assert.Equal([subject, "inferenceschema"], subjects.Order().OrderByDescending(s => s == subject));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_subject_that_would_vanish_from_the_address_never_touches_the_projects_level(string subject)
    {
        using var client = releases.NewProject("2.2").Client();

        await Assert.ThrowsAsync<ArgumentException>(() => client.UpdateCompatibilityAsync(Level.None, subject));

        Assert.Equal(Level.Backward, await client.GetCompatibilityAsync());
    }

    [Fact]
    public async Task A_data_scientist_may_register_but_not_set_levels()
    {
        var project = releases.NewProject("2.2");
        project.Project.SetMember(project.Owner, ProjectRole.DataScientist);
        using var client = project.Client();

        var id = await client.RegisterSchemaAsync("r", Narrow);
        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.UpdateCompatibilityAsync(Level.None, "r"));

        Assert.Equal(Narrow, await client.GetSchemaAsync(id));
        Assert.Equal(150068, e.ErrorCode);
    }
}
