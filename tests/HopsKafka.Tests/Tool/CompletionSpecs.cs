using HopsKafka.TestKit;

namespace HopsKafka.Tests.Tool;

/// <summary>What a shell offers with the script of <c>hops-kafka completion</c>.</summary>
public sealed class CompletionSpecs(CompletionSpecs.Project sandbox) : IClassFixture<CompletionSpecs.Project>
{
    [Theory]
    [InlineData("hops-kafka gr", "groups")]
    [InlineData("avro-producer --se", "--seed --sensors")]
    [InlineData("avro-consumer -o ", "avro csv json text")]
    [InlineData("hops-kafka sandbox --compat 2", "2.2 2.5")]
    [InlineData("hops-kafka completion z", "zsh")]
    [InlineData("hops-kafka topics t", "temperature")]
    [InlineData("hops-kafka schemas s", "sensor")]
    [InlineData("hops-kafka schemas c", "check")]
    [InlineData("hops-kafka schemas level sensor FU", "FULL FULL_TRANSITIVE")]
    [InlineData("avro-consumer -g Tut", "TutorialGroup")]
    [InlineData("hops-kafka topics -c absent.toml t", "")]
    [InlineData("avro-consumer --feature-group read", "readings:1")]
    [InlineData("avro-producer --input rows.csv --feature-group read", "readings:1")]
    [InlineData("avro-producer --input rows.csv --feature-group readings:", "1")]
    [InlineData("hops-kafka feature-groups status readings:1", "1")]
    [InlineData("hops-kafka completion -", "--color --help --log-format --verbose -h -v")]
    [InlineData("hops-kafka completion /", "")]
    public void Bash_completes(string line, string offered)
    {
        const string Script = """
            export PATH=$1:$PATH
            source <(hops-kafka completion bash)
            COMP_LINE=$2 COMP_POINT=${#2}
            read -ra COMP_WORDS <<<"$2"
            [[ $2 == *" " ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _hops_kafka
            echo "${COMPREPLY[*]}"
            """;

        var result = Complete(result => result.Output == offered + "\n", "bash", "-c", Script, "bash", ToolFolder.Path, line);

        Assert.SkipWhen(result is null, "This machine has no bash.");
        Assert.Equal((0, offered + "\n"), (result!.ExitCode, result.Output));
    }

    [Fact]
    public void A_name_that_is_a_command_is_only_text_to_bash()
    {
        const string Script = """
            source <("$1/hops-kafka" completion bash)
            avro-consumer() { echo 'a$(touch run)'; }
            COMP_WORDS=(avro-consumer -g a) COMP_CWORD=2 COMP_LINE='avro-consumer -g a' COMP_POINT=18
            _hops_kafka
            eval "echo ${COMPREPLY[0]}"
            """;
        using var folder = new TempDir();

        var result = ExternalProgram.TryRun("bash", folder.Path, "-c", Script, "bash", ToolFolder.Path);

        Assert.SkipWhen(result is null, "This machine has no bash.");
        Assert.Equal((0, "a$(touch run)\n"), (result!.ExitCode, result.Output));
        Assert.False(File.Exists(folder.File("run")));
    }

    [Theory]
    [InlineData("hops-kafka gro", "hops-kafka groups ")]
    [InlineData("hops-kafka sandbox --compat 4", "hops-kafka sandbox --compat 4.0 ")]
    [InlineData("hops-kafka topics t", "hops-kafka topics temperature ")]
    [InlineData("hops-kafka certs config", "hops-kafka certs config.toml ")]
    public void Zsh_completes(string line, string completed)
    {
        // A shell on a terminal of its own, where a key shows the line that Tab has left.
        const string Script = """
            zmodload zsh/zpty
            zpty terminal zsh -f -i
            zpty -w terminal "PS1=; path=(${(q)1} \$path); autoload -U compinit; compinit -u -D; source <(hops-kafka completion zsh)"
            zpty -w terminal 'show() { print -r -- "<$BUFFER>"; BUFFER=exit; zle accept-line }; zle -N show; bindkey "^X" show; bindkey "^I" complete-word'
            zpty -n -w terminal "$2"$'\t\x18'
            while zpty -r terminal part; do print -rn -- $part; done
            """;

        var result = Complete(
            result => result.Output.Contains($"<{completed}>", StringComparison.Ordinal), "zsh", "-f", "-c", Script, "zsh", ToolFolder.Path, line);

        Assert.SkipWhen(result is null, "This machine has no zsh.");
        Assert.Contains($"<{completed}>", result!.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hops-kafka gro", "groups")]
    [InlineData("avro-consumer -o ", "avro csv json text")]
    [InlineData("hops-kafka schemas s", "sensor")]
    [InlineData("hops-kafka certs config", "config.toml")]
    public void Fish_completes(string line, string offered)
    {
        const string Script = """
            set PATH $argv[1] $PATH
            hops-kafka completion fish | source
            complete --do-complete $argv[2]
            """;

        var result = Complete(result => Words(result) == offered, "fish", "--no-config", "-c", Script, ToolFolder.Path, line);

        Assert.SkipWhen(result is null, "This machine has no fish.");
        Assert.Equal(offered, Words(result!));

        static string Words(ToolResult result) => string.Join(' ', result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    // On a busy machine names of the project can take more than the two seconds after which none are offered: then Tab is pressed again.
    private ToolResult? Complete(Func<ToolResult, bool> isComplete, string shell, params string[] arguments)
    {
        var left = 10;
        ToolResult? result;
        do
        {
            result = ExternalProgram.TryRun(shell, sandbox.User.Folder, arguments);
        }
        while (result is not null && !isComplete(result) && --left > 0);

        return result;
    }

    /// <summary>A sandbox with a feature group.</summary>
    public sealed class Project : IAsyncLifetime
    {
        public SandboxUser User { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            User = await SandboxUser.StartAsync();
            await User.Sandbox.CreateFeatureGroupAsync("readings", 1, [new("id", "bigint", Primary: true)]);
        }

        public ValueTask DisposeAsync() => User.DisposeAsync();
    }
}
