using System.Net;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.Sandbox.Rest.State;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Emulator;

[Collection(typeof(EmulatorTests))]
public sealed class AccessRefusalSpecs(EmulatedReleases releases)
{
    private const string KeyRemedy = "whole key (prefix.secret)";

    private static readonly Dictionary<string, Func<EmulatedProject, HopsworksClientOptions>> s_wrongs = new()
    {
        ["key without a dot"] = project => WithKey(project, project.Key.Prefix + project.Key.Secret.Reveal()),
        ["key with two dots"] = project => WithKey(project, project.Key.Token.Reveal() + ".x"),
        ["unknown prefix"] = project => WithKey(project, $"unknown.{project.Key.Secret.Reveal()}"),
        ["wrong secret"] = project => WithKey(project, $"{project.Key.Prefix}.{project.Key.Prefix}"),
        ["user without a role"] = project => WithUser(project, new HopsworksUser("new00000", "new@example.org", HasRole: false)),
        ["no scope KAFKA"] = project => WithUser(project, project.Owner, ApiScope.Project, ApiScope.FeatureStore),
        ["not a member"] = project => WithUser(project, new HopsworksUser("who00000", "who@example.org")),
        ["unknown project"] = project => At(project, "hopsworks-api/api/project/7/kafka"),
        ["project by name"] = project => At(project, $"hopsworks-api/api/project/{project.Project.Name}/kafka"),
        ["wrong base"] = project => At(project, $"api/project/{project.Project.Id}/kafka"),
    };

    public static TheoryData<string, string, int, int, string, string> Rows { get; } = new()
    {
        // what is wrong, release, status, code, in the message, in the remedy
        { "key without a dot", "2.2", 401, 320002, "Api key not found", KeyRemedy },
        { "key without a dot", "3.3", 401, 320002, "Api key not found", KeyRemedy },
        { "key without a dot", "3.4", 401, 320012, "Invalid or incorrect API key", KeyRemedy },
        { "key with two dots", "2.2", 401, 320002, "Api key not found", KeyRemedy },
        { "key with two dots", "3.4", 401, 320012, "Invalid or incorrect API key", KeyRemedy },
        { "unknown prefix", "2.2", 401, 320002, "Api key not found", KeyRemedy },
        { "unknown prefix", "3.3", 401, 320002, "Api key not found", KeyRemedy },
        { "unknown prefix", "3.4", 401, 320013, "API key not found in the database", KeyRemedy },
        { "wrong secret", "2.2", 401, 320002, "Api key not found", KeyRemedy },
        { "wrong secret", "3.3", 401, 320002, "Api key not found", KeyRemedy },
        { "wrong secret", "3.4", 401, 320012, "Invalid or incorrect API key", KeyRemedy },
        { "user without a role", "2.2", 403, 320003, "No valid role found for this invocation", "activate the account" },
        { "user without a role", "3.4", 403, 320003, "No valid role found for this invocation", "activate the account" },
        { "no scope KAFKA", "2.2", 403, 320004, "No valid scope found", "Add the scope KAFKA" },
        { "no scope KAFKA", "3.4", 403, 320004, "No valid scope found", "Add the scope KAFKA" },
        { "not a member", "2.2", 403, 160000, "No valid role found for this user", "as a member" },
        { "not a member", "3.4", 403, 160000, "No valid role found for this user", "as a member" },
        { "unknown project", "2.2", 404, 150004, "Project wasn't found", "Check [project] id" },
        { "unknown project", "3.4", 404, 150004, "Project wasn't found", "Check [project] id" },
        { "project by name", "2.2", 404, 120004, "HTTP 404 Not Found", "[project] id" },
        { "project by name", "3.4", 404, 120004, "HTTP 404 Not Found", "[project] id" },
        { "wrong base", "2.2", 404, 120004, "HTTP 404 Not Found", "[api] base" },
        { "wrong base", "3.4", 404, 120004, "HTTP 404 Not Found", "[api] base" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_refusal_says_why_and_what_to_do_without_the_key(
        string wrong, string release, int status, int code, string message, string remedy)
    {
        var options = s_wrongs[wrong](releases.NewProject(release));
        using var client = new RegistryApi(options);

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetCompatibilityAsync());

        Assert.Equal((HttpStatusCode)status, e.Status);
        Assert.Equal(code, e.ErrorCode);
        Assert.StartsWith($"Reading the compatibility level of the project failed at {options.BaseAddress}/config: ", e.Message, StringComparison.Ordinal);
        Assert.Contains($"{status}, ", e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, e.Remedy, StringComparison.Ordinal);
        Assert.False(e.IsTransient);
        AssertKeepsTheKey(options, e);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("3.4")]
    public async Task A_refused_key_says_where_it_came_from(string release)
    {
        using var client = new RegistryApi(s_wrongs["wrong secret"](releases.NewProject(release)));

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.LookupSchemaAsync("sensor", "\"int\""));

        Assert.Contains(EmulatedProject.KeySource, e.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("3.4")]
    public async Task A_refused_key_on_a_plain_text_call_is_guessed_at_and_not_tried_again(string release)
    {
        var notices = new List<string>();
        var options = s_wrongs["wrong secret"](releases.NewProject(release)) with { Logger = new NoticeLogger(notices.Add) };
        using var client = new RegistryApi(options);

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.Equal((HttpStatusCode.InternalServerError, 120004), (e.Status, e.ErrorCode));
        Assert.Contains("that the API key is valid", e.Remedy, StringComparison.Ordinal);
        Assert.Empty(notices);
        AssertKeepsTheKey(options, e);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("3.4")]
    public async Task A_key_that_is_renewed_while_the_client_runs_is_taken_up(string release)
    {
        var project = releases.NewProject(release);
        var keys = new Queue<Secret>([new Secret("unknown.key"), project.Key.Token]);
        using var client = new RegistryApi(project.Options() with { Key = keys.Dequeue });

        var level = await client.GetCompatibilityAsync();

        Assert.Equal(Confluent.SchemaRegistry.Compatibility.Backward, level);
    }

    private static HopsworksClientOptions WithKey(EmulatedProject project, string key) =>
        project.Options() with { Key = () => new Secret(key) };

    private static HopsworksClientOptions WithUser(EmulatedProject project, HopsworksUser user, params string[] scopes)
    {
        var key = project.State.ApiKeys.Create(user, scopes.Length == 0 ? [ApiScope.Kafka] : scopes);
        return WithKey(project, key.Token.Reveal());
    }

    private static HopsworksClientOptions At(EmulatedProject project, string path) =>
        project.Options() with { BaseAddress = new Uri(project.Server.BaseAddress, path) };

    private static void AssertKeepsTheKey(HopsworksClientOptions options, HopsworksException e) => Assert.All(
        options.Key().Reveal().Split('.').Where(part => part.Length > 8),
        part => Assert.DoesNotContain(part, e.ToString() + e.Remedy, StringComparison.Ordinal));
}
