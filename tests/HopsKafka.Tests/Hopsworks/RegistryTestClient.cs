using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tests.Hopsworks;

/// <summary>Clients that wait only milliseconds between attempts.</summary>
public static class RegistryTestClient
{
    public const string Key = "Prefix1234567890.scfQegUMhXfHg7v3Tpk8t6HIPUlmIP463BPdbTSdSEKAfo5AB8SIwY8LGg";

    internal static HopsworksClientOptions Options(ScriptedServer server, ServerTrust? trust = null, string host = "127.0.0.1") =>
        new(server.Base(host), trust ?? ServerTrust.System, () => new Secret(Key))
        {
            KeySource = "the key file /cert/apiKeyFile",
            RetryWait = TimeSpan.FromMilliseconds(1),
        };

    internal static RegistryApi For(ScriptedServer server) => new(Options(server));

    public static HopsworksSchemaRegistryClient Caching(ScriptedServer server) => new(Options(server));

    public static string Registered(int id, int version, string schema, string subject = "sensor") =>
        System.Text.Json.JsonSerializer.Serialize(new { id, subject, version, schema });
}
