using System.Net;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.SchemaRegistry;

namespace HopsKafka.Tests.Emulator;

[Collection(typeof(EmulatorTests))]
public sealed class ServerTroubleSpecs(EmulatedReleases releases)
{
    private const string Page = "<!DOCTYPE html><html><body>Sign in, please</body></html>";

    private readonly EmulatedProject _project = releases.NewProject("2.2");
    private readonly List<string> _notices = [];

    [Fact]
    public async Task A_request_to_a_server_that_is_busy_twice_is_sent_a_third_time()
    {
        var id = _project.Register("sensor", SensorSchema.TutorialText).Id;
        _project.Server.Faults.FailNext(2, 503, "busy", "text/plain");
        using var client = new RegistryApi(_project.Options() with { Logger = new NoticeLogger(_notices.Add) });

        var found = await client.GetSchemaIdAsync("sensor", SensorSchema.TutorialText);

        Assert.Equal(id, found);
        Assert.Equal(0, _project.Server.Faults.Pending);
        Assert.Contains("the server answered 503, busy. Retrying.", Assert.Single(_notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_a_server_that_stays_busy_fails_after_three_attempts()
    {
        _project.Server.Faults.FailNext(3, 503);
        using var client = _project.Client();

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetCompatibilityAsync());

        Assert.Equal(0, _project.Server.Faults.Pending);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (e.Status, e.IsTransient));
        Assert.Contains("Try again later", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_whose_answer_is_cut_is_repeated_without_a_second_version()
    {
        _project.Server.Faults.CutNext(1);
        using var client = new RegistryApi(_project.Options() with { Logger = new NoticeLogger(_notices.Add) });

        await client.RegisterSchemaAsync("sensor", SensorSchema.TutorialText);

        Assert.Equal([1], await client.GetSubjectVersionsAsync("sensor"));
        Assert.Contains("was lost before the whole answer came", Assert.Single(_notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_has_its_own_sentence()
    {
        _project.Server.Faults.HangNext(1);
        using var client = new RegistryApi(
            _project.Options() with { RequestTimeout = TimeSpan.FromSeconds(3), MaxAttempts = 1 });

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetCompatibilityAsync());

        // Taken, or the next test's request would meet it.
        Assert.Equal(0, _project.Server.Faults.Pending);
        Assert.Contains($"no answer from {_project.Registry.Authority} within 3 s", e.Message, StringComparison.Ordinal);
        Assert.Contains("[hops] url and port", e.Remedy, StringComparison.Ordinal);
        Assert.Equal((false, true), (e.HasAnswer, e.IsTransient));
    }

    [Theory]
    [InlineData(200, false, "not what the registry's API gives, but a web page")]
    [InlineData(403, false, "answered 403 with a web page")]
    [InlineData(502, true, "answered 502 with a web page")]
    public async Task A_web_page_in_place_of_an_answer_is_named_and_never_shown(int status, bool transient, string message)
    {
        _project.Server.Faults.FailNext(transient ? 3 : 1, status, Page, "text/html");
        using var client = _project.Client();

        var e = await Assert.ThrowsAsync<HopsworksException>(() => client.GetAllSubjectsAsync());

        Assert.Equal(0, _project.Server.Faults.Pending);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign in", e.Message, StringComparison.Ordinal);
        Assert.Equal(transient, e.IsTransient);
        Assert.Contains(transient ? "Try again later" : "Is this a Hopsworks server?", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_is_not_bad_because_the_registry_is_down_and_is_read_once_it_is_back()
    {
        var id = _project.Register("sensor", SensorSchema.TutorialText).Id;
        var reading = new SensorReading(1635861774123, "sensor0", 1.5);
        var value = new SensorSerializer(id, SensorSchema.TutorialText).Serialize(reading, default);
        _project.Server.Faults.FailNext(3, 503);
        using var client = _project.Client();
        using var serdes = _project.CachingClient();
        var decoder = new ReadingDecoder(serdes);

        var e = await Assert.ThrowsAsync<HopsworksException>(async () => await decoder.DecodeAsync(value));
        var read = await decoder.DecodeAsync(value);
        _project.Server.Faults.FailNext(1, 404);
        var again = await decoder.DecodeAsync(value);
        var unused = _project.Server.Faults.Pending;
        await Assert.ThrowsAsync<HopsworksException>(() => client.GetSchemaAsync(id));

        Assert.True(e.IsTransient);
        Assert.Equal([reading, reading], [read, again]);
        Assert.Equal(1, unused);
    }
}
