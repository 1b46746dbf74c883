using HopsKafka.Common;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;
using HopsKafka.Tests.Hopsworks;

namespace HopsKafka.Tests.SchemaRegistry;

public sealed class SchemaResolverSpecs
{
    private const string FieldLevel =
        """{"type":"record","name":"sensor","fields":[{"name":"timestamp","type":"long","logicalType":"timestamp-millis"},{"name":"id","type":"string"},{"name":"value","type":"double"}]}""";

    private static readonly ScriptedResponse s_notFound = ScriptedResponse.Json(404, """{"error_code":40403,"message":"Schema not found"}""");

    [Fact]
    public async Task The_text_is_looked_up_to_the_letter()
    {
        var local = SensorSchema.Parse(SensorSchema.TutorialText.Replace(",", ", ", StringComparison.Ordinal));
        await using var server = new ScriptedServer(ScriptedResponse.Json(200, RegistryTestClient.Registered(7, 2, "any")));
        using var client = RegistryTestClient.For(server);

        var resolved = await SchemaResolver.ResolveAsync(client, LocalSchema.Of(local));

        Assert.Equal(new ResolvedSchema(7, 2, local.Text), resolved);
        Assert.Equal(RestJson.Body("schema", local.Text), Assert.Single(server.Requests).Body);
    }

    [Fact]
    public async Task Another_text_for_the_same_bytes_is_found_newest_first_and_reported()
    {
        await using var server = new ScriptedServer(
            s_notFound,
            ScriptedResponse.Plain(200, "[1, 3, 2]"),
            Version(3, "{\"type\":\"record\",\"name\":\"sensor\",\"fields\":[]}"),
            Version(2, FieldLevel));
        using var client = RegistryTestClient.For(server);

        var resolved = await SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Tutorial));

        Assert.Equal((12, 2, SensorSchema.TutorialText), (resolved.Id, resolved.Version, resolved.Text));
        Assert.Equal(
            "The local schema is registered as sensor version 2 (id 12) with another text; both write the same bytes, so that id is used.",
            resolved.Warning);
        Assert.Equal(
            "timestamp: local long (timestamp-millis); registered long with logicalType timestamp-millis beside it", resolved.Details![0]);
        Assert.StartsWith("A logicalType beside the type, as on the tutorial's page,", resolved.Details[1], StringComparison.Ordinal);
        Assert.Equal(
            ["POST sensor", "GET versions", "GET 3", "GET 2"],
            server.Requests.Select(r => r.Line.Split(' ')).Select(l => $"{l[0]} {l[1].Split('/')[^1]}"));
    }

    public static TheoryData<string, string> Differences { get; } = new()
    {
        { Tutorial("\"double\"", "\"float\""), "value: local double; registered float" },
        { Tutorial("\"value\"", "\"reading\""), "value: only local (double)|reading: only registered (double)" },
        {
            Tutorial("timestamp-millis", "timestamp-micros"),
            "timestamp: local long (timestamp-millis); registered long (timestamp-micros)|timestamp: the same bytes would mean something else as timestamp-micros"
        },
        { Tutorial("\"sensor\"", "\"Sensor\""), "name: local sensor; registered Sensor" },
        { Tutorial("}]}", ",\"default\":0},{\"name\":\"unit\",\"type\":[\"null\",\"string\"],\"default\":null}]}"), "value: local double; registered double, default 0|unit: only registered (null or string, default null)" },
        {
            "\"long\"",
            "the local schema is a record, the registered one a long|timestamp: only local (long (timestamp-millis))|id: only local (string)|value: only local (double)"
        },
        { "not json", "the registered schema cannot be used: it is not JSON (line 1, byte 2)" },
        { "{\"type\":\"nothing\"}", "the registered schema cannot be used: 'nothing' is not a defined name" },
        { Tutorial("\"sensor\"", "\"sensor\",\"of\":\"\\ud800\""), "the registered schema cannot be used: a string of the schema is not valid Unicode" },
        {
            Tutorial("\"double\"", "\"float\",\"order\":\"ignore\",\"aliases\":[\"v\"],\"logicalType\":\"x\",\"doc\":\"é \\\"\""),
            "value: local double; registered float, aliases [\"v\"], doc \"é \\\"\" with logicalType x beside it, order \"ignore\"|"
            + "A logicalType beside the type, as on the tutorial's page, is only a property of the field: Avro reads the plain type, so the bytes are the same."
        },
        {
            """{"type":"record","name":"sensor","fields":[{"name":"id","type":"string"},{"name":"timestamp","type":"long"},{"name":"value","type":"double"}]}""",
            "order of the fields: local timestamp, id, value; registered id, timestamp, value|timestamp: local long (timestamp-millis); registered long"
        },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Other_bytes_are_refused_with_the_difference_to_the_latest_version(string registered, string difference)
    {
        await using var server = new ScriptedServer(s_notFound, ScriptedResponse.Plain(200, "[2]"), Version(2, registered));
        using var client = RegistryTestClient.For(server);

        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Tutorial)));

        Assert.EndsWith("under subject sensor; this is how it differs from the latest version, 2 (id 12):", e.Message, StringComparison.Ordinal);
        Assert.Equal(difference.Split('|'), e.Details);
        Assert.Contains("[kafka] schema_file", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_of_a_hundred_levels_is_compared_and_shown_by_its_beginning()
    {
        var type = string.Concat(Enumerable.Repeat("{\"type\":\"array\",\"items\":", 100)) + "\"int\"" + new string('}', 100);

        var difference = SchemaDifference.Between(LocalSchema.Of(SensorSchema.Tutorial), Tutorial("\"double\"", type));

        Assert.Equal(SchemaMatch.Different, difference.Match);
        Assert.StartsWith("value: local double; registered {\"type\":\"array\",\"items\":{\"type\":\"array\"", Assert.Single(difference.Lines), StringComparison.Ordinal);
        Assert.EndsWith("…", difference.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_subject_is_reported_with_how_to_create_it()
    {
        await using var server = new ScriptedServer(ScriptedResponse.Json(404, """{"error_code":40401,"message":"Subject not found"}"""));
        using var client = RegistryTestClient.For(server);

        var e = await Assert.ThrowsAsync<HopsworksException>(() => SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Tutorial)));

        Assert.Contains("subject sensor", e.Message, StringComparison.Ordinal);
        Assert.Contains("New Avro Schema", e.Remedy, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_subject_without_versions_is_reported()
    {
        await using var server = new ScriptedServer(s_notFound, ScriptedResponse.Plain(200, "[]"));
        using var client = RegistryTestClient.For(server);

        var e = await Assert.ThrowsAsync<HopsKafkaException>(() => SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Tutorial)));

        Assert.Contains("has no version", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_outside_the_fields_is_reported_as_such()
    {
        await using var server = new ScriptedServer(
            s_notFound, ScriptedResponse.Plain(200, "[1]"), Version(1, Tutorial("\"name\":\"sensor\"", "\"name\":\"sensor\",\"doc\":\"x\"")));
        using var client = RegistryTestClient.For(server);

        var resolved = await SchemaResolver.ResolveAsync(client, LocalSchema.Of(SensorSchema.Tutorial));

        Assert.Contains("outside the fields", Assert.Single(resolved.Details!), StringComparison.Ordinal);
    }

    private static string Tutorial(string from, string to) => SensorSchema.TutorialText.Replace(from, to, StringComparison.Ordinal);

    private static ScriptedResponse Version(int version, string schema) =>
        ScriptedResponse.Json(200, RegistryTestClient.Registered(10 + version, version, schema));
}
