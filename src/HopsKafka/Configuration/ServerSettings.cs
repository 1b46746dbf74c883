using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>
/// Host, project and API key without a config.toml: each from the variables of Hopsworks' own clients (<c>HOPSWORKS_HOST</c>, <c>HOPSWORKS_PROJECT</c>,
/// <c>HOPSWORKS_API_KEY</c>), else from a profile of <c>~/.hops.toml</c>.
/// </summary>
internal sealed record ServerSettings
{
    /// <summary>The variable with the port.</summary>
    public const string PortVariable = "HOPSWORKS_PORT";

    private const string HostVariable = "HOPSWORKS_HOST";
    private const string ProjectVariable = "HOPSWORKS_PROJECT";
    private const string KeyVariable = "HOPSWORKS_API_KEY";
    private const int DefaultPort = 443;

    /// <summary>The host.</summary>
    public Sourced<string>? Host { get; private init; }

    /// <summary>The port of the REST API.</summary>
    public int Port { get; private init; } = DefaultPort;

    /// <summary>Whether the port is that of its own variable.</summary>
    public bool HasPortVariable { get; private init; }

    /// <summary>Name of the project.</summary>
    public Sourced<string>? Project { get; private init; }

    /// <summary>Id of the project, of a profile: beside its name, or alone.</summary>
    public Sourced<int>? ProjectId { get; private init; }

    /// <summary>The API key.</summary>
    public Sourced<Secret>? ApiKey { get; private init; }

    /// <summary>The profile that was looked for.</summary>
    public string Profile { get; private init; } = HopsProfile.DefaultName;

    /// <summary>What to warn of: other users can read the API key that is used; null for nothing.</summary>
    public string? Warning { get; private init; }

    /// <summary>Whether the profile has an API key that is not used, because it belongs to another host.</summary>
    public bool RefusesKey { get; private init; }

    /// <summary>What else to do about something that is missing: which profiles there are, or why a key is not used; null for nothing.</summary>
    public string? Hint { get; private init; }

    /// <summary>What messages call all of it.</summary>
    public string Label =>
        new[] { Host?.IsVariable, Project?.IsVariable, ProjectId?.IsVariable, ApiKey?.IsVariable }.Any(isVariable => isVariable == false)
            ? HopsProfile.Label(Profile)
            : "the environment";

    /// <summary>Where the settings come from, such as <c>host h and project p from HOPSWORKS_HOST, …</c>; null if nothing was found.</summary>
    public string? Describe()
    {
        List<(string What, string Source)> parts = [];
        Add(Host is { } host ? $"host {host.Value}" : null, Host?.Source);
        Add(Project is { } project ? $"project {DisplayText.Of(project.Value)}" : ProjectId is { } id ? $"project {id.Value}" : null, (Project?.Source ?? ProjectId?.Source)!);
        Add(ApiKey is null ? null : "API key", ApiKey?.Source);
        return parts.Count == 0 ? null : string.Join(", ", parts.GroupBy(p => p.Source).Select(group => $"{And(group.Select(p => p.What))} from {group.Key}"));

        void Add(string? what, string? source)
        {
            if (what is not null)
            {
                parts.Add((what, source!));
            }
        }
    }

    /// <summary>Looks for what is not given otherwise.</summary>
    /// <param name="profile">Name of the profile; null for the default one, which may be absent.</param>
    /// <param name="given">What an option or a variable of the tools' own sets.</param>
    /// <exception cref="HopsKafkaException">A value is wrong, or the named profile does not exist; exit code 2.</exception>
    public static ServerSettings Find(IReadOnlyDictionary<string, string> environment, string? profile, GivenSettings given)
    {
        var address = given.Host is null ? AddressOf(Variable(environment, HostVariable)) : null;
        var project = given.Project is null ? Variable(environment, ProjectVariable) : null;
        var key = given.HasKey ? null : KeyOf(Variable(environment, KeyVariable));
        var port = address?.Port is null ? PortOf(Variable(environment, PortVariable)) : null;
        var found = new ServerSettings
        {
            HasPortVariable = port is not null,
            Host = address is null ? null : new Sourced<string>(address.Host, HostVariable, IsVariable: true),
            Port = address?.Port ?? port ?? DefaultPort,
            Project = project is null ? null : new Sourced<string>(project, ProjectVariable, IsVariable: true),
            ApiKey = key is null ? null : new Sourced<Secret>(key, KeyVariable, IsVariable: true),
            Profile = profile ?? HopsProfile.DefaultName,
        };
        var hasProject = (given.Project ?? project) is not null || given.HasProjectId;
        var isComplete = (given.Host ?? found.Host?.Value) is not null && hasProject && (given.HasKey || key is not null);
        return isComplete && profile is null ? found : found.WithProfile(environment, profile, given);
    }

    private ServerSettings WithProfile(IReadOnlyDictionary<string, string> environment, string? name, GivenSettings given)
    {
        if (HopsProfile.PathIn(environment) is not { } path || !File.Exists(path))
        {
            return name is null ? this : throw NoProfile($"{HopsProfile.File} does not exist");
        }

        var (profile, names) = HopsProfile.Read(path, Profile);
        if (profile is null)
        {
            var others = names.Count == 0 ? "it has none" : $"it has {And(names.Select(n => DisplayText.Of(n)))}";
            return name is null
                ? this with { Hint = names.Count == 0 ? null : $"{HopsProfile.File} has no profile {Profile}: {others}; choose one with --profile." }
                : throw NoProfile($"{HopsProfile.File} has no profile {DisplayText.Of(name)}: {others}");
        }

        var source = HopsProfile.Label(profile.Name);
        var host = given.Host ?? Host?.Value;
        var isItsServer = host is null || profile.Address is null || host.Equals(profile.Address.Host, StringComparison.OrdinalIgnoreCase);
        var wantsKey = !given.HasKey && ApiKey is null && profile.ApiKey is not null;
        var usesKey = wantsKey && isItsServer;
        var refusesKey = wantsKey && !isItsServer;
        var wantsProject = given is { Project: null, HasProjectId: false } && Project is null;
        var wantsId = wantsProject && profile.ProjectId is not null;
        return this with
        {
            Host = host is null && profile.Address is not null ? new Sourced<string>(profile.Address.Host, source) : Host,
            Port = host is null ? profile.Address?.Port ?? Port : Port,
            HasPortVariable = HasPortVariable && (host is not null || profile.Address?.Port is null),
            Project = wantsProject && profile.Project is not null ? new Sourced<string>(profile.Project, source) : Project,
            ProjectId = wantsId && isItsServer ? new Sourced<int>(profile.ProjectId!.Value, source) : null,
            ApiKey = usesKey ? new Sourced<Secret>(profile.ApiKey!, source) : ApiKey,
            Warning = usesKey && HopsProfile.IsReadableByOthers(path) ? $"{HopsProfile.File} holds an API key, and other users of this machine can read the file." : null,
            RefusesKey = refusesKey,
            Hint = refusesKey ? $"The API key of {source} is that of {profile.Address!.Host}, so it is not sent to {host}."
                : wantsId && !isItsServer && profile.Project is null ? $"The project_id of {source} is that of a project of {profile.Address!.Host}, so it is not used for {host}."
                : null,
        };
    }

    private static HopsKafkaException NoProfile(string message) => new(
        message + ".", "Correct --profile, or write the profile with Hopsworks' command line tool (hops setup).", ExitCode.Usage);

    // An empty variable is as good as none.
    private static string? Variable(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;

    private static HostAddress? AddressOf(string? text) => text is null ? null
        : HostAddress.Parse(text, out var fault) ?? throw Wrong(HostVariable, fault, $"Set it as in {HostVariable}={HostAddress.Example.Trim('\'')}.");

    private static int? PortOf(string? text) => text is null ? null
        : HostAddress.PortOf(text) ?? throw Wrong(PortVariable, "must be a number from 1 to 65535", $"Set it to the port of the REST API, or remove it for {DefaultPort}.");

    private static Secret? KeyOf(string? text) => text is null ? null
        : ApiOptions.IsKey(text) ? new Secret(text)
        : throw Wrong(
            KeyVariable,
            "is no API key: it has white space or letters that no key has",
            "Copy the key again from Hopsworks (account settings, API keys): one line, prefix.secret.");

    private static HopsKafkaException Wrong(string variable, string fault, string remedy) =>
        new($"{variable} {fault}.", remedy, ExitCode.Usage) { Fields = new LogFields(Variable: variable) };

    private static string And(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count == 1 ? all[0] : $"{string.Join(", ", all.SkipLast(1))} and {all[^1]}";
    }
}

/// <summary>A setting and what it comes from.</summary>
/// <param name="Source">A variable of the environment, or a profile; for messages.</param>
internal sealed record Sourced<T>(T Value, string Source, bool IsVariable = false)
{
    /// <summary>What a remedy calls it: the variable, or a key of the profile.</summary>
    public string Name(string key) => IsVariable ? Source : $"{key} in {Source}";
}

/// <summary>What an option or a variable of the tools' own sets; null or false for nothing.</summary>
internal readonly record struct GivenSettings(string? Host, string? Project, bool HasKey, bool HasProjectId = false);
