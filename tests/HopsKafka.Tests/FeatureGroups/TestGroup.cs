using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.FeatureGroups;
using HopsKafka.Hopsworks;
using Microsoft.Extensions.Logging.Abstractions;

namespace HopsKafka.Tests.FeatureGroups;

/// <summary>Feature groups of a test, whose server is never asked.</summary>
internal static class TestGroup
{
    public const string Schema = """
        {"type":"record","name":"meters_1","namespace":"demo_featurestore.db","fields":[{"name":"id","type":["null","string"]},
        {"name":"at","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},{"name":"value","type":["null","double"]}]}
        """;

    public static readonly FeatureGroupInfo Meters = new(
        1083, "meters", 1, FeatureGroupKind.Stream, true, "demo_onlinefs", "at", "NONE", null, false,
        [new Feature("id", "string", "varchar(100)", true), new Feature("at", "timestamp", "timestamp", false), new Feature("value", "double", "double", false)]);

    public static FeatureGroup Of(FeatureGroupInfo info, string? release, int owner = 119, FeatureStoreClient? client = null, string? schema = null) => new(
        client ?? new FeatureStoreClient(Rest(new Uri("http://127.0.0.1:9/hopsworks-api/api")), 119),
        new FeatureStoreInfo(67, "demo_featurestore", owner, "demo"),
        info,
        new FeatureSubject(71, 3, schema ?? Schema),
        ServerRelease.Parse(release),
        new KafkaAccess(() => throw new InvalidOperationException(), () => throw new InvalidOperationException(), NullLogger.Instance));

    /// <summary>The client of a server.</summary>
    public static RestClient Rest(Uri api) => new(new HopsworksClientOptions(api, ServerTrust.System, () => new Secret(Hopsworks.RegistryTestClient.Key))
    {
        KeySource = "the key file /cert/apiKeyFile",
        RetryWait = TimeSpan.FromMilliseconds(1),
    });

    /// <summary>Options by the words of the golden file.</summary>
    public static FeatureGroupWriterOptions Options(JsonElement entry) => new()
    {
        Storage = entry.GetProperty("storage").GetString() is { } storage ? Enum.Parse<FeatureStorage>(storage, ignoreCase: true) : FeatureStorage.Both,
        UpsertIfNewer = entry.GetProperty("upsertIfNewer").GetBoolean(),
        Delete = entry.GetProperty("operation").GetString() == "delete",
    };
}
