using HopsKafka.Common;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sandbox;

/// <summary>What a sandbox deletes in a folder that it is given, and what it leaves alone.</summary>
public sealed class SandboxFolderSpecs : IDisposable
{
    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Fact]
    public void Only_files_that_a_sandbox_writes_are_deleted()
    {
        Use("box");
        var picture = _dir.Write("box/sensors.png", "mine");
        var mine = _dir.Write("box/cert/mine.pem", "mine");

        Use("box");

        Assert.Equal(("mine", "mine"), (File.ReadAllText(picture), File.ReadAllText(mine)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef 1:1\n")]
    public void A_marker_that_no_sandbox_made_for_this_folder_deletes_nothing(string marker)
    {
        var config = _dir.Write("home/config.toml", "mine");
        _dir.Write($"home/{SandboxFolder.Marker}", marker);

        AssertRefused("home", "was not written by a sandbox");

        Assert.Equal("mine", File.ReadAllText(config));
    }

    [Fact]
    public void A_marker_copied_from_another_folder_deletes_nothing()
    {
        Use("box");
        var config = _dir.Write("home/config.toml", "mine");
        File.Copy(_dir.File($"box/{SandboxFolder.Marker}"), _dir.File($"home/{SandboxFolder.Marker}"));

        AssertRefused("home", "was not written by a sandbox");

        Assert.Equal("mine", File.ReadAllText(config));
    }

    [Fact]
    public void A_link_is_no_folder_for_a_sandbox()
    {
        Use("box");
        Directory.CreateSymbolicLink(_dir.File("link"), _dir.File("box"));

        AssertRefused("link", "is a symbolic link");
    }

    [Theory]
    [InlineData("cert")]
    [InlineData("config.toml")]
    [InlineData("kafka")]
    [InlineData(SandboxFolder.Marker)]
    public void A_link_in_the_place_of_something_that_a_sandbox_writes_is_refused_and_not_followed(string name)
    {
        Use("box");
        var key = _dir.Write("home/apiKeyFile", "mine");
        var place = _dir.File($"box/{name}");
        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }

        File.Delete(place);
        File.CreateSymbolicLink(place, name is "cert" or "kafka" ? _dir.File("home") : key);

        AssertRefused("box", "symbolic link");

        Assert.Equal("mine", File.ReadAllText(key));
    }

    [Fact]
    public async Task An_empty_name_is_a_mistake_of_the_command_line()
    {
        await using var tool = ToolProcess.Start("hops-kafka", _dir.Path, null, "sandbox", "--dir", "");

        var result = await tool.WaitForExitAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--dir", result.Error, StringComparison.Ordinal);
    }

    private void Use(string name)
    {
        using var folder = SandboxFolder.Claim(_dir.File(name));
        folder.Write("config.toml", [1]);
        folder.Write("cert/apiKeyFile", [1]);
    }

    private void AssertRefused(string name, string reason)
    {
        var refused = Assert.Throws<HopsKafkaException>(() => SandboxFolder.Claim(_dir.File(name)).Dispose());

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }
}
