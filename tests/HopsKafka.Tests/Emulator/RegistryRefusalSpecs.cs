using System.Net;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Emulator;

[Collection(typeof(EmulatorTests))]
public sealed class RegistryRefusalSpecs(EmulatedReleases releases)
{
    private const string Known = """{"type":"record","name":"r","fields":[{"name":"a","type":"int"}]}""";
    private const string Other = """{"type":"record","name":"r","fields":[{"name":"a","type":"string"}]}""";

    private static readonly Dictionary<string, Func<RegistryApi, Task>> s_calls = new()
    {
        ["look up, no subject"] = client => client.LookupSchemaAsync("none", Known),
        ["look up, no such text"] = client => client.LookupSchemaAsync("r", Other),
        ["look up, not Avro"] = client => client.LookupSchemaAsync("r", "{\"type\":\"record\"}"),
        ["look up, not JSON"] = client => client.LookupSchemaAsync("r", "not json"),
        ["look up, no subject, not Avro"] = client => client.LookupSchemaAsync("none", "not json"),
        ["version, no subject"] = client => client.GetRegisteredSchemaAsync("none", 1),
        ["version, no such version"] = client => client.GetRegisteredSchemaAsync("r", 2),
        ["version 0"] = client => client.GetRegisteredSchemaAsync("r", 0),
        ["version -1, no subject"] = client => client.GetRegisteredSchemaAsync("none", -1),
        ["latest, no subject"] = client => client.GetLatestSchemaAsync("none"),
        ["unknown id"] = client => client.GetSchemaAsync(int.MaxValue),
        ["negative id"] = client => client.GetSchemaAsync(int.MinValue),
        ["register, not compatible"] = client => client.RegisterSchemaAsync("r", Other),
        ["register, not Avro"] = client => client.RegisterSchemaAsync("r", ""),
        ["register, reserved"] = client => client.RegisterSchemaAsync("inferenceschema", Known),
        ["register, reserved and not Avro"] = client => client.RegisterSchemaAsync("projectcompatibility", ""),
        ["register, too long"] = client => client.RegisterSchemaAsync("r", Long()),
        ["check, no subject"] = client => client.IsCompatibleAsync("none", Known),
        ["check, no subject, not Avro"] = client => client.IsCompatibleAsync("none", "x"),
        ["level, none of its own"] = client => client.GetCompatibilityAsync("r"),
        ["set level, no subject"] = client => client.UpdateCompatibilityAsync(Confluent.SchemaRegistry.Compatibility.Full, "none"),
        ["list versions, no subject"] = client => client.GetSubjectVersionsAsync("none"),
    };

    public static TheoryData<string, int, int, string, string> Rows { get; } = new()
    {
        // call, status, code, in the message, in the remedy
        { "look up, no subject", 404, 40401, "subject none failed at |Subject not found", "New Avro Schema" },
        { "look up, no such text", 404, 40403, "subject r failed at |Schema not found", "to the letter" },
        { "look up, not Avro", 422, 42201, "Invalid Avro schema", "valid Avro" },
        { "look up, not JSON", 422, 42201, "Invalid Avro schema", "valid Avro" },
        { "look up, no subject, not Avro", 404, 40401, "Subject not found", "New Avro Schema" },
        { "version, no subject", 404, 40401, "version 1 of subject none failed|Subject not found", "New Avro Schema" },
        { "version, no such version", 404, 40402, "version 2 of subject r failed|Version not found", "which versions" },
        { "version 0", 422, 42202, "version 0 of subject r|Invalid version", "from 1, or latest" },
        { "version -1, no subject", 422, 42202, "Invalid version", "from 1, or latest" },
        { "latest, no subject", 404, 40401, "latest version of subject none|Subject not found", "New Avro Schema" },
        { "unknown id", 404, 40403, "schema with id 2147483647|Schema not found", "only inside the project that owns it" },
        { "negative id", 404, 40403, "schema with id -2147483648|Schema not found", "only inside the project that owns it" },
        { "register, not compatible", 409, 40901, "Incompatible Avro schema", "default" },
        { "register, not Avro", 422, 42201, "Invalid Avro schema", "valid Avro" },
        { "register, reserved", 405, 190016, "under subject inferenceschema|405", "give the record another name" },
        { "register, reserved and not Avro", 405, 190016, "under subject projectcompatibility|405", "give the record another name" },
        { "register, too long", 500, 120000, "A generic error occurred", "server's log" },
        { "check, no subject", 404, 40401, "Subject not found", "New Avro Schema" },
        { "check, no subject, not Avro", 422, 42201, "Invalid Avro schema", "valid Avro" },
        { "level, none of its own", 404, 40401, "compatibility level of subject r|Subject not found", "follows the project's" },
        { "set level, no subject", 404, 40401, "compatibility level of subject none|Subject not found", "New Avro Schema" },
        { "list versions, no subject", 500, 120004, "versions of subject none|HTTP 500", "that the subject exists" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_registrys_refusals_say_what_was_refused_and_what_to_do(
        string call, int status, int code, string message, string remedy)
    {
        foreach (var release in new[] { "2.2", "3.4" })
        {
            var project = releases.NewProject(release);
            project.Register("r", Known);
            using var client = project.Client();

            var e = await Assert.ThrowsAsync<HopsworksException>(() => s_calls[call](client));

            Assert.Equal(((HttpStatusCode)status, code), (e.Status, e.ErrorCode));
            Assert.All(message.Split('|'), part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
            Assert.Contains(remedy, e.Remedy, StringComparison.Ordinal);
            Assert.Equal(code == 120000, e.IsTransient);
            Assert.DoesNotContain(e.Message + e.Remedy, char.IsControl);
            Assert.DoesNotContain(project.Key.Secret.Reveal(), e.ToString() + e.Remedy, StringComparison.Ordinal);
        }
    }

    private static string Long() =>
        $$"""{"type":"record","name":"r","doc":"{{new string('x', 10_000)}}","fields":[{"name":"a","type":"int"}]}""";
}
