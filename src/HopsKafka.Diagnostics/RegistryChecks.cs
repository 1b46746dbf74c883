using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Diagnostics;

/// <summary>The REST API and what the tools need of the schema registry in it.</summary>
internal sealed class RegistryChecks(CheckRunner checkup, HopsKafkaConfig config)
{
    private const int FirstOfSchema = 4;

    private readonly string[] _names =
        ["registry", "registry certificate", "API key", $"subject of {config.Kafka.Topic}", $"subject {config.Kafka.Schema}", "schema"];

    private readonly ServerAddress _server = new(config.Hops.Url.Trim('[', ']'), config.Hops.Port);

    /// <summary>Makes the checks, as far as they go.</summary>
    /// <param name="missing">The keys whose files cannot be read.</param>
    /// <returns>The schema to write with; null when it was not found.</returns>
    public async Task<ResolvedSchema?> RunAsync(IReadOnlyList<string> missing)
    {
        if (missing.Contains(ConfiguredFiles.Verify))
        {
            SkipFrom(0, ConfigChecks.Files);
            return null;
        }

        if (RestClient.ProxyOf(HopsworksClientOptions.From(config).BaseAddress) is { } proxy)
        {
            checkup.Skip(_names[0], $"because requests go through the proxy {proxy.Authority}");
            checkup.Skip(_names[1], "because the proxy stands in between: the next check shows it");
        }
        else if (await ReachableAsync() is { } failed)
        {
            SkipFrom(2, failed);
            return null;
        }

        using var client = new RegistryApi(Hasty(config));
        if (!await checkup.RunAsync(_names[2], stop => KeyAsync(client, stop)))
        {
            SkipFrom(3, _names[2]);
            return null;
        }

        await checkup.RunAsync(_names[3], TopicSubjectAsync);
        if (missing.Contains(ConfiguredFiles.Schema))
        {
            SkipFrom(FirstOfSchema, ConfigChecks.Files);
            return null;
        }

        if (!await checkup.RunAsync(_names[FirstOfSchema], stop => SubjectAsync(client, stop)))
        {
            SkipFrom(FirstOfSchema + 1, _names[FirstOfSchema]);
            return null;
        }

        return await checkup.RunAsync(_names[FirstOfSchema + 1], stop => SchemaAsync(client, stop));
    }

    // The name of the check that failed; null when none did.
    private async Task<string?> ReachableAsync()
    {
        var tcp = await checkup.RunAsync($"{_names[0]} {_server}", async stop =>
        {
            var probe = new TcpProbe(ServerRole.Registry, System.Net.Sockets.AddressFamily.Unspecified, TimeSpan.FromSeconds(5));
            using var socket = await probe.ConnectAsync(_server, await probe.ResolveAsync(_server, stop), stop);
            return CheckOutcome.Ok($"{socket.RemoteEndPoint} accepts connections");
        });
        if (!tcp)
        {
            checkup.Skip(_names[1], $"because {_names[0]} {_server} failed");
            return $"{_names[0]} {_server}";
        }

        var certificate = await checkup.RunAsync(_names[1], async stop =>
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

        // Hopsworks hides the reason of a refusal on its lists, which it serves as plain text; this call is JSON.
        var level = await client.GetCompatibilityAsync(null, stop);
        var accepted = $"accepted for project {config.Project.Id}, with scope KAFKA; its compatibility level is {CompatibilityText.Of(level)}";
        return config.Api.FindConflict() is { } conflict ? CheckOutcome.Warning(accepted, conflict) : CheckOutcome.Ok(accepted);
    }

    private async Task<CheckOutcome> TopicSubjectAsync(CancellationToken stop)
    {
        using var topics = new TopicClient(Hasty(config.ForOwnProject()));
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

    // One attempt each, and soon given up: a diagnosis does not wait for better times.
    private static HopsworksClientOptions Hasty(HopsKafkaConfig of) =>
        HopsworksClientOptions.From(of) with { MaxAttempts = 1, RequestTimeout = TimeSpan.FromSeconds(6) };

    private async Task<CheckOutcome> SubjectAsync(RegistryApi client, CancellationToken stop)
    {
        // A name that is not the local schema's would be missed in the registry for another reason.
        _ = LocalSchema.LoadOfSubject(config.Kafka);
        var latest = await client.GetLatestSchemaAsync(config.Kafka.Schema, stop);
        return CheckOutcome.Ok($"its latest version is {latest.Version}");
    }

    private async Task<(ResolvedSchema Value, CheckOutcome Finding)> SchemaAsync(RegistryApi client, CancellationToken stop)
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
            checkup.Skip(_names[i], $"because {failed} failed");
        }
    }
}
