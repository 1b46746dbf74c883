using HopsKafka.Cli;
using HopsKafka.TestKit;
using HopsKafka.Tool;

namespace HopsKafka.Tests.Tool;

/// <summary>How the sandbox writes producer and consumer in the commands that it suggests.</summary>
public sealed class SiblingToolSpecs : IDisposable
{
    private readonly TempDir _dir = new();
    private readonly string _file = SiblingTool.Find(SiblingTool.Producer).File;

    private string Name => Path.GetFileNameWithoutExtension(_file);

    [Fact]
    public void A_tool_that_is_on_PATH_is_called_by_its_name() => Assert.Equal(Name, Called(Path.GetDirectoryName(_file)!));

    [Fact]
    public void A_link_on_PATH_to_the_tool_counts()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows only an administrator may make links.");
        File.CreateSymbolicLink(_dir.File(Path.GetFileName(_file)), _file);

        Assert.Equal(Name, Called($"{_dir.File("none")}{Path.PathSeparator}{_dir.Path}"));
    }

    [Fact]
    public void Another_installation_that_is_first_on_PATH_does_not_count()
    {
        _dir.Write(Path.GetFileName(_file), "another version");

        Assert.NotEqual(Name, Called($"{_dir.Path}{Path.PathSeparator}{Path.GetDirectoryName(_file)}"));
    }

    [Fact]
    public void A_tool_that_is_not_on_PATH_is_called_by_its_path() => Assert.NotEqual(Name, Called(_dir.Path));

    public void Dispose() => _dir.Dispose();

    // The file alone: in a test it may be the host of the tests, with the tool's name as its first word.
    private static string Called(string path)
    {
        using var context = new CommandContext(() => new StandardOutput(Stream.Null))
        {
            Tool = "hops-kafka",
            Input = () => TextReader.Null,
            Log = new LogOutput(_ => { }),
            Environment = new Dictionary<string, string> { ["PATH"] = path },
        }.Use();
        return SiblingTool.CommandLine(SiblingTool.Producer).Split(' ')[0];
    }
}
