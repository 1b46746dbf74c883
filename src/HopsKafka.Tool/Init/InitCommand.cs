using System.CommandLine;
using System.Text.RegularExpressions;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;

namespace HopsKafka.Tool.Init;

/// <summary>The command line of <c>hops-kafka init</c>. The API key is no option: others could read it in the list of processes.</summary>
internal static partial class InitCommand
{
    private static readonly Option<string?> s_host = new("--host")
    {
        Description = "Host name of Hopsworks, without scheme, port and path. [default: HOPSWORKS_HOST, or that of the profile]", HelpName = "HOST",
    };

    private static readonly Option<long> s_port = NumberOptions.Whole("--port", [], "Port of the REST API.", 443, 1, 65535);

    private static readonly Option<string?> s_project = new("--project")
    {
        Description = "Name of the project. [default: HOPSWORKS_PROJECT, or that of the profile]", HelpName = "NAME",
    };

    private static readonly Option<string?> s_keyFile = new("--api-key-file")
    {
        Description = "File with the API key, which needs the scopes PROJECT, KAFKA and FEATURESTORE. "
            + "[default: HOPSKAFKA_API__KEY, HOPSWORKS_API_KEY, that of the profile, or a prompt]",
        HelpName = "FILE",
    };

    private static readonly Option<string> s_verify = new("--verify")
    {
        Description = "Check the server's certificate with the system's CAs (true), with the CA in a PEM file, or, for testing only, not at all (false).",
        HelpName = "true|false|FILE",
        DefaultValueFactory = _ => "true",
    };

    private static readonly Option<string?> s_topic = new("--topic")
    {
        Description = "Topic to produce to and consume from. [default: the only topic of the project; of several, config.toml lists them]", HelpName = "NAME",
    };

    private static readonly Option<string> s_dir = new("--dir")
    {
        Description = "Folder to write config.toml and cert/ to.", HelpName = "DIR", DefaultValueFactory = _ => ".",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("init", "Writes config.toml and cert/ for a project, with an API key of it.");
        command.AddGroup(HelpGroup.Connection, s_host, s_port, s_project, s_keyFile, ConnectionOptions.Profile, s_verify, s_topic);
        command.AddGroup(HelpGroup.Output, s_dir);
        command.AddExample("Ask for the API key, and write to the current folder", "hops-kafka init --host hopsworks.example.com --project myproject");
        s_host.Validators.Add(result =>
        {
            // What was given is not repeated: a URL may carry a password.
            if (Uri.CheckHostName(result.GetValueOrDefault<string>()) == UriHostNameType.Unknown)
            {
                result.AddError("Option --host must be the host only, without scheme, port and path; set --port to the port.");
            }
        });
        s_topic.Validators.Add(result =>
        {
            if (!TopicName().IsMatch(result.GetValueOrDefault<string>() ?? ""))
            {
                result.AddError("Option --topic must have up to 249 letters, digits, '.', '_' and '-'.");
            }
        });
        command.SetAction((parsed, stop) => new InitRun(Request(parsed)).RunAsync(stop));
        return command;
    }

    private static InitRequest Request(ParseResult parsed)
    {
        var (host, project, keyFile) = (parsed.GetValue(s_host), parsed.GetValue(s_project), parsed.GetValue(s_keyFile));
        var (environment, profile) = (CommandContext.Current.Environment, CommandContext.Current.Profile);
        var found = ServerSettings.Find(environment, profile, new GivenSettings(host, project, keyFile is not null || GivenKey.IsInEnvironment(environment)));
        return new InitRequest(
            new HopsOptions(
                host ?? found.Host?.Value ?? throw Missing("host", "HOPSWORKS_HOST", found),
                parsed.GetResult(s_port) is { Implicit: false } ? (int)parsed.GetValue(s_port) : found.Port,
                Trust(parsed.GetValue(s_verify)!)),
            project ?? found.Project?.Value ?? (found.ProjectId is null ? throw Missing("project", "HOPSWORKS_PROJECT", found) : null),
            keyFile,
            parsed.GetValue(s_topic),
            parsed.GetValue(s_dir)!)
        {
            Found = found,
        };
    }

    private static HopsKafkaException Missing(string what, string variable, ServerSettings found) => new(
        $"No {what} is named.", $"Name it with --{what}, {variable}, or {what} in {HopsProfile.Label(found.Profile)}.{(found.Hint is { } hint ? $" {hint}" : "")}", ExitCode.Usage);

    private static ServerTrust Trust(string text) =>
        !bool.TryParse(text, out var verify) ? ServerTrust.File(Path.GetFullPath(text)) : verify ? ServerTrust.System : ServerTrust.Any;

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,249}\z")]
    private static partial Regex TopicName();
}
