using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox.FeatureStore;

/// <summary>A sandbox of the newest release, and a client that writes rows with the bytes and headers that it is given.</summary>
public sealed class OnlineStore : IAsyncLifetime
{
    private HttpClient _http = null!;
    private IProducer<byte[], byte[]?> _producer = null!;
    private int _storeId;

    internal HopsworksSandbox Sandbox { get; private set; } = null!;

    internal ConcurrentQueue<string> Notices { get; } = [];

    public async ValueTask InitializeAsync()
    {
        Sandbox = await HopsworksSandbox.StartAsync(new SandboxOptions { Compatibility = new Version(5, 2), Notice = Notices.Enqueue });
        _http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true }) { BaseAddress = Sandbox.RestAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", Sandbox.ApiKey);
        _producer = new ProducerBuilder<byte[], byte[]?>(new ProducerConfig(Sandbox.ClientConfig()) { LingerMs = 0 }).Build();
        _storeId = Sandbox.State.FindProject(HopsworksSandbox.ProjectId)!.FeatureStoreId;
    }

    /// <summary>The headers of a row to both stores.</summary>
    internal static (string Name, string Value)[] Headers(SandboxFeatureGroup group, long? ingestion = null, params (string Name, string Value)[] more) =>
    [
        ("projectId", "119"), ("featureGroupId", $"{group.Id}"), ("subjectId", $"{group.SubjectId}"),
        .. ingestion is null ? [] : new[] { ("onlineIngestionId", $"{ingestion}") }, .. more,
    ];

    internal async Task SendAsync(SandboxFeatureGroup group, byte[]? value, params (string Name, string Value)[] headers)
    {
        var message = new Message<byte[], byte[]?> { Key = "k"u8.ToArray(), Value = value, Headers = [] };
        foreach (var (name, text) in headers)
        {
            message.Headers.Add(name, Encoding.UTF8.GetBytes(text));
        }

        await _producer.ProduceAsync(group.Topic, message);
    }

    /// <summary>Announces rows.</summary>
    internal async Task<long> AnnounceAsync(SandboxFeatureGroup group, int rows) =>
        (await PostAsync(Ingestions(group), $$"""{"id":null,"numEntries":{{rows}}}""", "application/json")).GetProperty("id").GetInt64();

    /// <summary>Waits until all announced rows are handled; gives statuses and counts such as <c>UPSERTED 2</c>.</summary>
    internal async Task<string[]> ResultsAsync(SandboxFeatureGroup group, long ingestion)
    {
        JsonElement found = default;
        await Poll.UntilAsync($"ingestion {ingestion}", async () =>
        {
            found = (await GetAsync($"{Ingestions(group)}?filter_by=ID:{ingestion}")).Json.GetProperty("items")[0];
            return found.GetProperty("results").EnumerateArray().Sum(r => r.GetProperty("rows").GetInt64()) >= found.GetProperty("numEntries").GetInt64();
        });
        return [.. found.GetProperty("results").EnumerateArray().Select(r => $"{r.GetProperty("status").GetString()} {r.GetProperty("rows")}")];
    }

    /// <summary>The online row of a key; null if there is none.</summary>
    internal async Task<string?> RowAsync(SandboxFeatureGroup group, string key)
    {
        var (status, body) = await GetTextAsync($"sandbox/online/{group.Name}/{group.Version}/{Uri.EscapeDataString(key)}");
        return status == 200 ? body : null;
    }

    /// <summary>The offline rows.</summary>
    internal async Task<string[]> OfflineAsync(SandboxFeatureGroup group)
    {
        var table = (await GetAsync($"sandbox/offline/{group.Name}/{group.Version}")).Json;
        Assert.Equal(table.GetProperty("count").GetInt32(), table.GetProperty("items").GetArrayLength());
        return [.. table.GetProperty("items").EnumerateArray().Select(row => row.GetRawText())];
    }

    /// <summary>The end offset of each partition of a group's topic.</summary>
    internal long[] EndOffsets(SandboxFeatureGroup group)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig(Sandbox.ClientConfig()) { GroupId = "offsets" }).Build();
        return [.. Enumerable.Range(0, 2).Select(p => consumer.QueryWatermarkOffsets(new TopicPartition(group.Topic, p), TimeSpan.FromSeconds(30)).High.Value)];
    }

    /// <summary>Runs the job to its end; gives its state.</summary>
    internal async Task<string> RunJobAsync(SandboxFeatureGroup group, string arguments = "")
    {
        var path = $"hopsworks-api/api/project/119/jobs/{group.Name}_{group.Version}_offline_fg_materialization/executions";
        var started = await PostAsync(path, arguments, "text/plain");
        Assert.Equal("INITIALIZING", started.GetProperty("state").GetString());
        var state = "";
        await Poll.UntilAsync("the job", async () =>
        {
            state = (await GetAsync($"{path}/{started.GetProperty("id")}")).Json.GetProperty("state").GetString()!;
            return state is "FINISHED" or "FAILED";
        });
        var newest = (await GetAsync($"{path}?limit=1&sort_by=submissiontime:desc")).Json.GetProperty("items")[0];
        Assert.Equal((started.GetProperty("id").GetInt32(), state), (newest.GetProperty("id").GetInt32(), newest.GetProperty("state").GetString()));
        return state;
    }

    public async ValueTask DisposeAsync()
    {
        _producer.Dispose();
        _http.Dispose();
        await Sandbox.DisposeAsync();
    }

    private string Ingestions(SandboxFeatureGroup group) => $"hopsworks-api/api/project/119/featurestores/{_storeId}/featuregroups/{group.Id}/online_ingestion";

    private async Task<(int Status, JsonElement Json)> GetAsync(string path)
    {
        var (status, body) = await GetTextAsync(path);
        return (status, JsonElement.Parse(body));
    }

    private async Task<(int Status, string Body)> GetTextAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<JsonElement> PostAsync(string path, string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }
}
