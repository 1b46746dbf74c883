using System.Text.Json.Nodes;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.SchemaRegistry;

namespace HopsKafka.Tool.Schemas;

/// <summary>One run of <c>hops-kafka schemas check</c>.</summary>
/// <param name="request">The validated command line.</param>
internal sealed class SchemaCheckRun(SchemaCheckRequest request)
{
    /// <summary>Runs.</summary>
    /// <returns>The exit code: failed when the schema could not be registered.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var config = await CommandContext.Current.LoadConfigAsync(request.ConfigFile, stop, needsTopic: false);
        var subject = request.Subject ?? (config.Kafka.Schema.Length > 0 ? config.Kafka.Schema : throw new HopsKafkaException(
            $"{config.File} names no subject ([kafka] schema).", $"Name one: hops-kafka schemas check {request.File} SUBJECT.", ExitCode.Usage));
        var text = LocalSchema.ReadText(request.File, "Name a file with an Avro schema.");
        if (Fault(text, subject, out var local) is { } fault)
        {
            return request.Json ? Print(SchemaCheckJson.OfInvalid(request.File, subject, fault.Message)) : throw fault;
        }

        using var registry = RegistryAccess.Connect(config);
        var result = await SchemaCheckResult.OfAsync(registry, subject, local!, stop);
        if (request.Json)
        {
            return Print(SchemaCheckJson.Of(request.File, subject, result), result.IsCompatible);
        }

        Print(subject, local!, result);
        return result.IsCompatible ? ExitCode.Ok : throw Incompatible(subject, result);
    }

    private HopsKafkaException? Fault(string text, string subject, out LocalSchema? local)
    {
        local = null;
        try
        {
            local = LocalSchema.Parse(text, subject);
            return local.IsTooLong
                ? new HopsKafkaException(
                    $"{request.File} has {local.Text.Length} characters; Hopsworks accepts at most {LocalSchema.MaxTextLength}.", "Remove white space and doc texts from it.")
                : null;
        }
        catch (FormatException e)
        {
            return new HopsKafkaException($"{request.File} is not a valid Avro schema: {e.Message}.", "Correct the schema.", innerException: e);
        }
    }

    private void Print(string subject, LocalSchema local, SchemaCheckResult result)
    {
        DataOutput.Line($"{request.File} is a valid Avro schema: {local.Type.Kind}{(local.Type.Name is { } name ? $" {name.Full}" : "")}.");
        if (local.FullName != subject)
        {
            ConsoleLog.Warning(
                $"The schema is called {DisplayText.Of(local.FullName)}, the subject {DisplayText.Of(subject)}.",
                WarningCodes.OtherSubject,
                remedy: "hops-kafka setup and the other tools register and look up a schema under its full name.");
        }

        if (result.Registered is { } registered)
        {
            DataOutput.Line($"It is registered already: version {registered.Version} (id {registered.Id}) of subject {subject}.");
            return;
        }

        if (result.Versions.Count == 0)
        {
            DataOutput.Line($"Subject {subject} does not exist: a registration would be its first version.");
            return;
        }

        DataOutput.Line($"Subject {subject} has level {result.Level.Name}{(result.Level.IsOfSubject ? "" : ", the project's default")}.");
        foreach (var version in result.Versions)
        {
            var verdict = version.IsCompatible ? "compatible" : "not compatible";
            DataOutput.Line($"Version {version.Schema.Version} (id {version.Schema.Id}): {verdict}{(version.Difference.Match switch
            {
                SchemaMatch.Same => ", the same schema in another text",
                SchemaMatch.SameBytes => ", the same bytes; differences:",
                _ => "; differences:",
            })}");
            foreach (var line in version.Difference.Lines)
            {
                DataOutput.Line($"    {line}");
            }
        }
    }

    private HopsKafkaException Incompatible(string subject, SchemaCheckResult result)
    {
        var broken = result.Versions.Where(version => !version.IsCompatible).Select(version => $"{version.Schema.Version}").ToList();
        var versions = broken.Count == 1 ? $"version {broken[0]}" : $"versions {string.Join(", ", broken.SkipLast(1))} and {broken[^1]}";
        return new HopsKafkaException(
            $"{request.File} cannot follow {versions} of subject {subject}: compatibility level {result.Level.Name} of {result.Level.Owner} forbids it.", result.Level.Advice);
    }

    private static int Print(JsonObject json, bool isCompatible = false)
    {
        DataOutput.Json(json);
        return isCompatible ? ExitCode.Ok : ExitCode.Failed;
    }
}
