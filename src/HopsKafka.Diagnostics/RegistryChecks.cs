using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Diagnostics;

/// <summary>The checks of the REST API and of its schema registry.</summary>
internal sealed class RegistryChecks(CheckRunner checks, HopsKafkaConfig config)
{
    private const int FirstOfSchema = 4;

    private readonly string[] _names =
        ["registry", "registry certificate", "API key", $"subject of {config.Kafka.Topic}", $"subject {config.Kafka.Schema}", "schema"];

    private readonly ServerAddress _server = new(config.Hops.Url.Trim('[', ']'), config.Hops.Port);

    /// <summary>Runs the checks, up to the first failure that the others depend on.</summary>
    /// <param name="missing">The settings whose files cannot be read.</param>
    /// <returns>The schema to write with; null if it was not found.</returns>
    public async Task<ResolvedSchema?> RunAsync(IReadOnlyList<string> missing)
    {
        if (missing.Contains(ConfiguredFiles.Verify))
        {
            SkipFrom(0, ConfigChecks.Files);
            return null;
        }

        if (RestClient.ProxyOf(HopsworksClientOptions.From(config).BaseAddress) is { } proxy)
        {
            checks.Skip(_names[0], $"because requests go through the proxy {proxy.Authority}");
            checks.Skip(_names[1], "because of the proxy: the next check includes it");
        }
        else if (await ReachableAsync() is { } failed)
        {
            SkipFrom(2, failed);
            return null;
        }

        using var client = new RegistryApi(SingleAttempt(config));
        if (!await checks.RunAsync(_names[2], stop => KeyAsync(client, stop)))
        {
            SkipFrom(3, _names[2]);
            return null;
        }

        await checks.RunAsync(_names[3], TopicSubjectAsync);
        if (missing.Contains(ConfiguredFiles.Schema))
        {
            SkipFrom(FirstOfSchema, ConfigChecks.Files);
            return null;
        }

        if (!await checks.RunAsync(_names[FirstOfSchema], stop => SubjectAsync(client, stop)))
        {
            SkipFrom(FirstOfSchema + 1, _names[FirstOfSchema]);
            return null;
        }

        return await checks.RunAsync(_names[FirstOfSchema + 1], stop => SchemaAsync(client, stop));
    }

    // The name of the check that failed; null for none.
    private async Task<string?> ReachableAsync()
    {
        var tcp = await checks.RunAsync($"{_names[0]} {_server}", async stop =>
        {
            var probe = new TcpProbe(ServerRole.Registry, System.Net.Sockets.AddressFamily.Unspecified, TimeSpan.FromSeconds(5));
            using var socket = await probe.ConnectAsync(_server, await probe.ResolveAsync(_server, stop), stop);
            return CheckOutcome.Ok($"{socket.RemoteEndPoint} accepts connections");
        });
        if (!tcp)
        {
            checks.Skip(_names[1], $"because {_names[0]} {_server} failed");
            return $"{_names[0]} {_server}";
        }

        var certificate = await checks.RunAsync(_names[1], async stop =>
        {
            var agreed = await ServerProbe.OfRegistry(config.Hops).ProbeAsync(_server, stop);
            return config.Hops.Verify.Verify
                ? CheckOutcome.Ok(agreed)
                : CheckOutcome.Warning(
                    $"{agreed}; not checked (verify = false), so a machine in the middle could read the API key",
                    "Set [hops] verify to a PEM file with the CA that issued it.");
        });
        return certificate ? null : _names[1];
    }

    private async Task<CheckOutcome> KeyAsync(RegistryApi client, CancellationToken stop)
    {
        _ = config.Api.ReadKey();

        // Hopsworks returns its lists as plain text, whose errors have no reason; this call returns JSON.
        var level = await client.GetCompatibilityAsync(null, stop);
        var accepted = $"accepted for project {config.Project.Id}, with scope KAFKA; its compatibility level is {CompatibilityText.Of(level)}";
        return config.Api.FindConflict() is { } conflict ? CheckOutcome.Warning(accepted, conflict) : CheckOutcome.Ok(accepted);
    }

    private async Task<CheckOutcome> TopicSubjectAsync(CancellationToken stop)
    {
        using var topics = new TopicClient(SingleAttempt(config.ForOwnProject()));
        try
        {
            var subject = await topics.FindSubjectAsync(config.Kafka.Topic, stop);
            return TopicSubject.Mismatch(subject, config.Kafka) is { } mismatch
                ? CheckOutcome.Warning(mismatch, TopicSubject.Remedy)
                : subject is null ? CheckOutcome.Skipped("because Hopsworks names none") : CheckOutcome.Ok(subject);
        }
        catch (HopsworksException e)
        {
            return CheckOutcome.Skipped($"not checkable: {e.Message}");
        }
    }

    // A diagnosis does not retry, and has short timeouts.
    private static HopsworksClientOptions SingleAttempt(HopsKafkaConfig of) =>
        HopsworksClientOptions.From(of) with { MaxAttempts = 1, RequestTimeout = TimeSpan.FromSeconds(6) };

    private async Task<CheckOutcome> SubjectAsync(RegistryApi client, CancellationToken stop)
    {
        // A name that differs from the local schema's would be reported as missing in the registry.
        _ = LocalSchema.LoadOfSubject(config.Kafka);
        var latest = await client.GetLatestSchemaAsync(config.Kafka.Schema, stop);
        return CheckOutcome.Ok($"its latest version is {latest.Version}");
    }

    private async Task<(ResolvedSchema Value, CheckOutcome Outcome)> SchemaAsync(RegistryApi client, CancellationToken stop)
    {
        if (LocalSchema.LoadOfSubject(config.Kafka) is not { } local)
        {
            var latest = await client.GetLatestSchemaAsync(config.Kafka.Schema, stop);
            return (new ResolvedSchema(latest.Id, latest.Version, latest.SchemaString), CheckOutcome.Ok(
                $"[kafka] schema_file names no local one, so the latest is used: version {latest.Version}, id {latest.Id}"));
        }

        var schema = await SchemaResolver.ResolveAsync(client, local, stop);
        return (schema, schema.Warning is null
            ? CheckOutcome.Ok($"ours is version {schema.Version}, id {schema.Id}")
            : CheckOutcome.Warning(schema.Warning, "Nothing needs to be done: the bytes are the same."));
    }

    private void SkipFrom(int first, string failed)
    {
        for (var i = first; i < _names.Length; i++)
        {
            checks.Skip(_names[i], $"because {failed} failed");
        }
    }
}
