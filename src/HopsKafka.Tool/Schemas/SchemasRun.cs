using System.Globalization;
using System.Text.Json.Nodes;
using Confluent.SchemaRegistry;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tool.Schemas;

/// <summary>One run of <c>hops-kafka schemas</c>.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class SchemasRun(SchemasRequest request)
{
    /// <summary>Runs.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop, needsTopic: false);
        using var registry = RegistryAccess.Connect(config);
        if (request.Name is not { } name)
        {
            await ShowSubjectsAsync(registry, stop);
            return ExitCode.Ok;
        }

        // Only the configured subject has a local schema to compare with.
        var local = name == config.Kafka.Schema ? LocalSchema.Load(config.Kafka) : null;
        if (request.Version is { } version)
        {
            ShowVersion(await FetchAsync(registry, name, version, stop), local);
        }
        else
        {
            await ShowVersionsAsync(registry, name, local, stop);
        }

        return ExitCode.Ok;
    }

    private async Task ShowSubjectsAsync(RegistryApi registry, CancellationToken stop)
    {
        var names = (await registry.GetAllSubjectsAsync(stop)).Order(StringComparer.Ordinal);
        var subjects = await Task.WhenAll(names.Select(async name => (
            Latest: await registry.GetLatestSchemaAsync(name, stop),
            Versions: (await registry.GetSubjectVersionsAsync(name, stop)).Order().ToList())));
        if (request.Json)
        {
            DataOutput.Json(new JsonArray([.. subjects.Select(s => new JsonObject
            {
                ["subject"] = s.Latest.Subject,
                ["versions"] = new JsonArray([.. s.Versions.Select(v => (JsonNode)v)]),
                ["latest_version"] = s.Latest.Version,
                ["latest_id"] = s.Latest.Id,
            })]));
            return;
        }

        DataOutput.Table(
            ["subject", "versions", "latest id"],
            subjects.Select(s => (IReadOnlyList<string>)[s.Latest.Subject, string.Join(", ", s.Versions), Number(s.Latest.Id)]));
    }

    private async Task ShowVersionsAsync(RegistryApi registry, string name, LocalSchema? local, CancellationToken stop)
    {
        // For a missing subject the server answers the list of versions with 500, but this with the reason.
        _ = await registry.GetLatestSchemaAsync(name, stop);
        var numbers = await registry.GetSubjectVersionsAsync(name, stop);
        var versions = await Task.WhenAll(numbers.Order().Select(v => registry.GetRegisteredSchemaAsync(name, v, stop)));
        if (request.Json)
        {
            DataOutput.Json(new JsonArray([.. versions.Select(v => Json(v, local))]));
        }
        else
        {
            DataOutput.Table(
                ["version", "id", "local schema"],
                versions.Select(v => (IReadOnlyList<string>)[Number(v.Version), Number(v.Id), MatchText.Words(Match(v, local))]));
        }

        // A difference is reported only if no version has the local text. A version that writes the same bytes is the one that the tools would use.
        if (local is not null && versions.Length > 0 && versions.All(v => Match(v, local) != SchemaMatch.Same))
        {
            WarnAboutDifference(versions.LastOrDefault(v => Match(v, local) == SchemaMatch.SameBytes) ?? versions[^1], local);
        }
    }

    private void ShowVersion(RegisteredSchema version, LocalSchema? local)
    {
        DataOutput.Json(request.Json ? Json(version, local) : SchemaJson(version));
        if (local is not null && Match(version, local) != SchemaMatch.Same)
        {
            WarnAboutDifference(version, local);
        }
    }

    private static void WarnAboutDifference(RegisteredSchema registered, LocalSchema local)
    {
        var difference = SchemaDifference.Between(local, registered.SchemaString);
        var how = difference.Match == SchemaMatch.SameBytes ? "in its text only; both write the same bytes" : "like this";
        ConsoleLog.Warning(
            $"The local schema differs from {registered.Subject} version {registered.Version} (id {registered.Id}) {how}:", WarningCodes.SchemaDiffers, difference.Lines);
    }

    private static Task<RegisteredSchema> FetchAsync(RegistryApi registry, string name, string version, CancellationToken stop) =>
        version == SchemasRequest.Latest
            ? registry.GetLatestSchemaAsync(name, stop)
            : registry.GetRegisteredSchemaAsync(name, int.Parse(version, CultureInfo.InvariantCulture), stop);

    private static JsonObject Json(RegisteredSchema version, LocalSchema? local) => new()
    {
        ["subject"] = version.Subject,
        ["version"] = version.Version,
        ["id"] = version.Id,
        ["local"] = MatchText.Json(Match(version, local)),
        ["schema"] = SchemaJson(version),
    };

    private static JsonNode SchemaJson(RegisteredSchema version)
    {
        try
        {
            return JsonNode.Parse(version.SchemaString)!;
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new HopsKafkaException(
                $"The schema of {version.Subject} version {version.Version} (id {version.Id}) is not JSON.",
                "Ask the administrator of Hopsworks which program registered it.",
                innerException: e);
        }
    }

    private static SchemaMatch? Match(RegisteredSchema version, LocalSchema? local) =>
        local is null ? null : SchemaDifference.Between(local, version.SchemaString).Match;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The validated command line of <c>hops-kafka schemas</c>.</summary>
/// <param name="ConfigFile">Path of config.toml.</param>
/// <param name="Name">The subject to show; null for the list.</param>
/// <param name="Version">Its version to print, a number or <see cref="Latest"/>; null for all.</param>
internal sealed record SchemasRequest(string ConfigFile, string? Name, string? Version, bool Json)
{
    /// <summary>Stands for the number of the latest version.</summary>
    public const string Latest = "latest";
}
