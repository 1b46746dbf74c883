using HopsKafka.TestKit;
using HopsKafka.Tests.Pair;

namespace HopsKafka.Tests.Tool;

/// <summary>What a shell offers with the script of <c>hops-kafka completion</c>.</summary>
public sealed class CompletionSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("hops-kafka gr", "groups")]
    [InlineData("avro-producer --se", "--seed --sensors")]
    [InlineData("avro-consumer -o ", "avro csv json text")]
    [InlineData("hops-kafka sandbox --compat 2", "2.2 2.5")]
    [InlineData("hops-kafka completion z", "zsh")]
    [InlineData("hops-kafka topics t", "temperature")]
    [InlineData("hops-kafka schemas s", "sensor")]
    [InlineData("avro-consumer -g Tut", "TutorialGroup")]
    [InlineData("hops-kafka topics -c absent.toml t", "")]
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

        var result = ToolRun.TryRun("bash", sandbox.User.Folder, "-c", Script, "bash", ToolFolder.Path, line);

        Assert.SkipWhen(result is null, "This machine has no bash.");
        Assert.Equal((0, offered + "\n"), (result!.ExitCode, result.Output));
    }

    [Theory]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public void The_other_shells_read_their_script(string shell, string check)
    {
        using var folder = new TempDir();
        var script = ToolRun.TryRun(ToolFolder.PathOf("hops-kafka"), folder.Path, "completion", shell)!;

        var result = ToolRun.TryRun(shell, folder.Path, check, folder.Write("script", script.Output));

        Assert.Equal(0, script.ExitCode);
        Assert.SkipWhen(result is null, $"This machine has no {shell}.");
        Assert.Equal((0, ""), (result!.ExitCode, result.Error));
    }
}
