using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.SchemaRegistry;
using HopsKafka.Tests.Sandbox.Rest;

namespace HopsKafka.Tests.Emulator;

[Collection(typeof(EmulatorTests))]
public sealed class ResolverAgainstServerSpecs(EmulatedReleases releases)
{
    private static readonly SensorReading s_reading = new(1635861774123, "sensor0", 1.5);

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task The_tutorials_page_and_the_tutorials_scripts_are_one_schema_with_a_warning(string release)
    {
        var project = releases.NewProject(release);
        var registered = project.Register("sensor", RestTestServer.FieldLevelLogicalType);
        using var client = project.Client();

        var resolved = await SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Tutorial));

        Assert.Equal((registered.Id, 1, SensorSchema.TutorialText), (resolved.Id, resolved.Version, resolved.Text));
        Assert.Contains($"registered as sensor version 1 (id {registered.Id}) with another text", resolved.Warning, StringComparison.Ordinal);
        Assert.StartsWith("timestamp: local long (timestamp-millis); registered long with logicalType", resolved.Details![0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.2", RestTestServer.FieldLevelLogicalType)]
    [InlineData("2.2", RestTestServer.NestedLogicalType)]
    [InlineData("2.5", RestTestServer.FieldLevelLogicalType)]
    [InlineData("2.5", RestTestServer.NestedLogicalType)]
    public async Task A_local_text_that_differs_only_in_white_space_is_found_without_a_warning(string release, string text)
    {
        var project = releases.NewProject(release);
        var registered = project.Register("sensor", text);
        using var client = project.Client();

        var resolved = await SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Parse($"  {text.Replace(",", " ,\n", StringComparison.Ordinal)}\n")));

        Assert.Equal((registered.Id, 1), (resolved.Id, resolved.Version));
        Assert.Null(resolved.Warning);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task An_older_version_of_the_same_bytes_is_found_below_newer_ones(string release)
    {
        var project = releases.NewProject(release);
        var old = project.Register("sensor", RestTestServer.FieldLevelLogicalType);
        project.Register("sensor", Wider());
        using var client = project.Client();

        var resolved = await SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Tutorial));

        Assert.Equal((old.Id, 1), (resolved.Id, resolved.Version));
        Assert.Contains($"version 1 (id {old.Id})", resolved.Warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task Other_fields_are_refused_with_the_difference(string release)
    {
        var project = releases.NewProject(release);
        var registered = project.Register("sensor", Wider());
        using var client = project.Client();

        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Tutorial)));

        Assert.EndsWith($"how it differs from the latest version, 1 (id {registered.Id}):", e.Message, StringComparison.Ordinal);
        Assert.StartsWith("unit: ", Assert.Single(e.Details!), StringComparison.Ordinal);
        Assert.Contains("[kafka] schema_file", e.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task A_missing_subject_is_reported_with_how_to_create_it(string release)
    {
        using var client = releases.NewProject(release).Client();

        var e = await Assert.ThrowsAsync<HopsworksException>(() => SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Tutorial)));

        Assert.Equal(40401, e.ErrorCode);
        Assert.Contains("subject sensor", e.Message, StringComparison.Ordinal);
        Assert.Contains("New Avro Schema", e.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.2", RestTestServer.FieldLevelLogicalType)]
    [InlineData("2.2", RestTestServer.NestedLogicalType)]
    [InlineData("2.5", RestTestServer.FieldLevelLogicalType)]
    [InlineData("2.5", RestTestServer.NestedLogicalType)]
    public async Task A_reading_written_with_the_resolved_id_is_read_back(string release, string registered)
    {
        var project = releases.NewProject(release);
        project.Register("sensor", registered);
        using var client = project.Client();
        var resolved = await SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Tutorial));
        var value = new SensorSerializer(resolved.Id, resolved.Text).Serialize(s_reading, default);
        using var serdes = project.CachingClient();
        var decoder = new ReadingDecoder(serdes);

        var read = await decoder.DecodeAsync(value);

        Assert.Equal(s_reading, read);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task A_reading_of_another_writers_wider_schema_is_read(string release)
    {
        var project = releases.NewProject(release);
        project.Register("sensor", Wider());
        using var client = project.Client();
        var resolved = await SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Parse(Wider())));
        var value = new SensorSerializer(resolved.Id, resolved.Text).Serialize(s_reading, default);
        using var serdes = project.CachingClient();
        var decoder = new ReadingDecoder(serdes);

        var read = await decoder.DecodeAsync(value);

        Assert.Equal(s_reading, read);
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("2.5")]
    public async Task An_id_of_another_project_is_a_bad_message_here_and_a_reading_there(string release)
    {
        var (here, there) = (releases.NewProject(release), releases.NewProject(release));
        var (hereId, thereId) = (here.Register("sensor", RestTestServer.NestedLogicalType).Id, there.Register("sensor", RestTestServer.NestedLogicalType).Id);
        var value = new SensorSerializer(thereId, SensorSchema.TutorialText).Serialize(s_reading, default);
        using var client = here.CachingClient();
        using var owner = there.CachingClient();

        var e = await Assert.ThrowsAsync<BadMessageException>(
            async () => await new ReadingDecoder(client).DecodeAsync(value));
        var read = await new ReadingDecoder(owner).DecodeAsync(value);

        Assert.NotEqual(hereId, thereId);
        Assert.Equal(BadMessageReason.UnknownSchemaId, e.Reason);
        Assert.Contains($"no schema with id {thereId}", e.Message, StringComparison.Ordinal);
        Assert.Equal(s_reading, read);
    }

    private static string Wider() => SensorSchema.TutorialText.Replace(
        "]}", """,{"name":"unit","type":"string","default":"C"}]}""", StringComparison.Ordinal);
}
