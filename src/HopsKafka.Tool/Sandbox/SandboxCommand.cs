using System.CommandLine;
using System.CommandLine.Parsing;
using Confluent.Kafka;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.Sandbox;

namespace HopsKafka.Tool.Sandbox;

/// <summary>The command line of <c>hops-kafka sandbox</c>.</summary>
internal static class SandboxCommand
{
    private const long DefaultBrokers = 1;

    private static readonly string[] s_mechanisms = ["plain", "scram-sha-256", "scram-sha-512"];

    private static readonly Option<string> s_dir = new("--dir")
    {
        Description = "Folder to write config.toml, certificates and API key to.", HelpName = "DIR", DefaultValueFactory = _ => "sandbox",
    };

    private static readonly Option<long> s_port = NumberOptions.Whole("--port", [], "Port of the REST API; 0 means a free one.", 0, 0, 65535);

    private static readonly Option<long> s_kafkaPort = NumberOptions.Whole(
        "--kafka-port", [], "Port of the first broker, the others follow; 0 means free ones.", 0, 0, 65535);

    private static readonly Option<long> s_brokers = NumberOptions.Whole("--brokers", [], "Number of brokers.", DefaultBrokers, 1, 9);

    private static readonly Option<long> s_partitions = NumberOptions.Whole("--partitions", [], "Partitions of the topic.", 2, 1, 1000);

    private static readonly Option<string?> s_schema = new("--schema")
    {
        Description = "File with the Avro schema of the topic. [default: the tutorial's]", HelpName = "FILE",
    };

    private static readonly Option<string> s_compat = new Option<string>("--compat")
    {
        Description = "Release of Hopsworks to behave like. [default: 4.0; with --feature-group 5.2]", HelpName = "2.2|2.5|3.3|3.4|4.0|5.2",
    }.OnlyOf("2.2", "2.5", "3.3", "3.4", "4.0", "5.2");

    private static readonly Option<bool> s_featureGroup = new("--feature-group")
    {
        Description = "Create the feature group readings (version 1), and write rows for it to readings.csv, unless that file exists.",
    };

    private static readonly Option<string?> s_kafkaHome = new("--kafka-home")
    {
        Description = "Run the Apache Kafka of this installation instead of the embedded one; needs Java.", HelpName = "DIR",
    };

    private static readonly Option<string> s_sasl = new Option<string>("--sasl")
    {
        Description = "Let clients log in by SASL over TLS with this mechanism, as on a cluster of your own; only with --kafka-home. [default: mutual TLS]",
        HelpName = string.Join('|', s_mechanisms),
    }.OnlyOf(s_mechanisms);

    private static readonly Option<string> s_groupProtocol = new Option<string>("--group-protocol")
    {
        Description = "Group protocol: consumer (KIP-848, Kafka 4.0 and newer), or classic for older clients.", HelpName = "consumer|classic",
        DefaultValueFactory = _ => "consumer",
    }.OnlyOf("consumer", "classic");

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "sandbox",
            "Runs an embedded Hopsworks on loopback until Ctrl-C, for tests only. Other users of this machine can reach the embedded Kafka's topics by "
            + "a plain text port behind its TLS listener; with --kafka-home they cannot.");
        command.AddGroup(HelpGroup.Connection, s_port, s_compat);
        command.AddGroup(HelpGroup.Kafka, s_kafkaPort, s_brokers, s_partitions, s_schema, s_featureGroup, s_groupProtocol, s_kafkaHome, s_sasl);
        command.AddGroup(HelpGroup.Output, s_dir);
        command.AddExample("Run it in the folder sandbox", "hops-kafka sandbox");
        command.AddExample("Try feature groups", "hops-kafka sandbox --feature-group");
        command.AddExample("Three brokers of a real Kafka", "hops-kafka sandbox --kafka-home /opt/kafka --brokers 3");
        command.AddCheck(CheckPorts);
        command.AddCheck(result =>
        {
            if (s_mechanisms.Contains(result.GetValue(s_sasl)) && result.GetValue(s_kafkaHome) is null)
            {
                result.AddError("Option --sasl needs --kafka-home: the embedded Kafka has no SASL.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static void CheckPorts(CommandResult result)
    {
        // Defaults are not filled in yet.
        var brokers = Math.Max(DefaultBrokers, result.GetValue(s_brokers));
        var (port, first) = (result.GetValue(s_port), result.GetValue(s_kafkaPort));
        if (port == 0 || first == 0 || port < first || port >= first + brokers)
        {
            return;
        }

        result.AddError(port == first
            ? $"Options --port and --kafka-port name the same port, {port}."
            : $"Option --port names a port of --kafka-port {first} with --brokers {brokers}, {port}.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var (folder, hasFeatureGroup) = (parsed.GetValue(s_dir)!, parsed.GetValue(s_featureGroup));
        var options = new SandboxOptions();
        var release = parsed.GetValue(s_compat) is { } named ? Version.Parse(named) : hasFeatureGroup ? ReadingsGroup.Release : options.Compatibility;
        await using var sandbox = await HopsworksSandbox.StartAsync(
            options with
            {
                Folder = folder,
                Port = (int)parsed.GetValue(s_port),
                KafkaPort = (int)parsed.GetValue(s_kafkaPort),
                Brokers = (int)parsed.GetValue(s_brokers),
                Partitions = (int)parsed.GetValue(s_partitions),
                SchemaFile = parsed.GetValue(s_schema),
                Compatibility = release,
                GroupProtocol = Enum.Parse<GroupProtocol>(parsed.GetValue(s_groupProtocol)!, ignoreCase: true),
                KafkaHome = parsed.GetValue(s_kafkaHome),
                Sasl = parsed.GetValue(s_sasl) is { } sasl ? Enum.Parse<SaslMechanism>(sasl.Replace("-", "", StringComparison.Ordinal), ignoreCase: true) : null,
                Notice = ConsoleLog.Report,
                Requests = CommandContext.Current.Log.IsVerbose ? ConsoleLog.Report : null,
            },
            stop);
        var config = Path.Combine(folder, "config.toml");
        if (hasFeatureGroup)
        {
            await ReadingsGroup.CreateAsync(sandbox);
        }

        PrintSummary(sandbox, parsed, config);
        if (hasFeatureGroup)
        {
            PrintFeatureGroup(config, ReadingsGroup.WriteRows(folder, replaces: false), release);
        }

        await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        ConsoleLog.Report($"Stopping. The sandbox's events, schemas and rows are lost. Its files in {folder} stay; nothing accepts their API key and certificates any more.");
        return ExitCode.Ok;
    }

    private static void PrintSummary(HopsworksSandbox sandbox, ParseResult parsed, string config)
    {
        var producer = SiblingTool.CommandLine(SiblingTool.Producer);
        var consumer = SiblingTool.CommandLine(SiblingTool.Consumer);
        DataOutput.Text(
            $"""
            An embedded Hopsworks is running until Ctrl-C.
              REST API  {sandbox.SchemaRegistryUrl}
              Kafka     {sandbox.BootstrapServers} ({(parsed.GetValue(s_sasl) is { } sasl ? $"SASL_SSL, {sasl.ToUpperInvariant()}" : "mutual TLS")})
              Topic     {HopsworksSandbox.Topic}
              Config    {config}

            Try next, in another terminal:
              {producer} -c {config} -e 5
              {consumer} -c {config} --exit-at-end
              {consumer} -c {config} --plot sensors.png
              {consumer} -c {config} -g live --quiet --live

            """);
    }
    private static void PrintFeatureGroup(string config, string rows, Version release)
    {
        var wait = new ServerRelease(release).HasIngestions ? " --wait" : "";
        DataOutput.Text(
            $"""

            The feature group {ReadingsGroup.Name} has the features {ReadingsGroup.Features}:
              {SiblingTool.CommandLine(SiblingTool.Producer)} -c {config} --input {rows} --feature-group {ReadingsGroup.Name}{wait}
              {SiblingTool.CommandLine(SiblingTool.Consumer)} -c {config} --feature-group {ReadingsGroup.Name} --exit-at-end
              {SiblingTool.CommandLine(SiblingTool.HopsKafka)} feature-groups -c {config} status {ReadingsGroup.Name}

            """);
    }
}
