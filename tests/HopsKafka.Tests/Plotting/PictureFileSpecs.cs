using HopsKafka.Common;
using HopsKafka.Plotting;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Plotting;

public sealed class PictureFileSpecs : IDisposable
{
    private readonly TempDir _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_picture_replaces_the_one_before_and_leaves_nothing_else_behind()
    {
        _folder.Write("a.png", "old");

        using (var file = PictureFile.Claim(_folder.File("a.png")))
        {
            file.Write([1, 2]);
            file.Write([3, 4, 5]);
            Assert.False(file.IsOtherName);
        }

        Assert.Equal([3, 4, 5], File.ReadAllBytes(_folder.File("a.png")));
        Assert.Equal(["a.png"], Names());
    }

    [Fact]
    public void Who_has_the_picture_open_keeps_a_whole_one()
    {
        using var file = PictureFile.Claim(_folder.File("a.png"));
        file.Write([1, 1, 1, 1]);
        using var reader = new FileStream(
            file.FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        reader.ReadExactly(new byte[2]);

        file.Write([2]);

        var rest = new byte[4];
        Assert.Equal(2, reader.Read(rest));
        Assert.Equal([1, 1], rest[..2]);
    }

    [Fact]
    public void A_write_that_fails_in_the_middle_keeps_the_picture_before_and_removes_the_draft()
    {
        using var file = PictureFile.Claim(_folder.File("a.png"));
        // The draft is written in whole; putting it in place then fails, as a folder has taken the name.
        Directory.CreateDirectory(_folder.File("a.png"));
        _folder.Write("a.png/kept", "");

        var failure = Assert.Throws<HopsKafkaException>(() => file.Write([1]));

        Assert.Contains(_folder.File("a.png"), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(ExitCode.Failed, failure.ExitCode);
        Assert.True(File.Exists(_folder.File("a.png/kept")));
        Assert.Equal([".a.png.lock", "a.png"], Names());
    }

    [Fact]
    public void A_draft_that_a_killed_process_left_is_removed_and_other_files_stay()
    {
        _folder.Write(".a.png.0123abcd.tmp", "half a picture");
        _folder.Write(".a.png.mine.tmp", "kept");
        _folder.Write(".b.png.0123abcd.tmp", "another picture's");

        using (var file = PictureFile.Claim(_folder.File("a.png")))
        {
            file.Write([7]);
        }

        Assert.Equal([".a.png.mine.tmp", ".b.png.0123abcd.tmp", "a.png"], Names());
    }

    [Fact]
    public void A_link_that_somebody_planted_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only administrators make links.");
        var target = _folder.Write("precious", "kept");
        File.CreateSymbolicLink(_folder.File(".a.png.tmp"), target);
        File.CreateSymbolicLink(_folder.File("a.png"), target);
        using var file = PictureFile.Claim(_folder.File("a.png"));

        file.Write([7]);

        Assert.Equal("kept", File.ReadAllText(target));
        Assert.Equal([7], File.ReadAllBytes(_folder.File("a.png")));
        Assert.Null(new FileInfo(_folder.File("a.png")).LinkTarget);
    }

    [Fact]
    public void Claims_of_the_same_picture_get_names_of_their_own_and_the_first_free_one_is_taken_again()
    {
        var wanted = _folder.File("a.png");
        var first = PictureFile.Claim(wanted);
        using var second = PictureFile.Claim(wanted);
        using var third = PictureFile.Claim(Path.Combine(_folder.Path, ".", "a.png"));

        first.Dispose();
        using var fourth = PictureFile.Claim(wanted);

        Assert.Equal([wanted, _folder.File("a-2.png"), _folder.File("a-3.png"), wanted],
            new[] { first, second, third, fourth }.Select(file => file.FullPath));
        Assert.Equal([false, true, true, false], new[] { first, second, third, fourth }.Select(file => file.IsOtherName));
    }

    [Fact]
    public void A_lock_file_that_a_killed_process_left_blocks_nothing()
    {
        _folder.Write(".a.png.lock", "");

        using var file = PictureFile.Claim(_folder.File("a.png"));

        Assert.False(file.IsOtherName);
    }

    [Fact]
    public void Of_many_that_come_and_go_no_two_hold_the_same_picture()
    {
        var holders = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();

        Parallel.For(0, 8, _ =>
        {
            for (var n = 0; n < 300; n++)
            {
                var file = PictureFile.Claim(_folder.File("a.png"));
                Assert.True(holders.TryAdd(file.FullPath, true), $"{file.FullPath} is held twice");
                holders.TryRemove(file.FullPath, out var _);
                file.Dispose();
            }
        });

        Assert.Empty(Names());
    }

    [Theory]
    [InlineData("a.jpg", ".png")]
    [InlineData("a", ".png")]
    [InlineData("", ".png")]
    [InlineData(".png", ".png")]
    [InlineData("missing/a.png", "no folder")]
    [InlineData("folder.png", "it is a folder")]
    [InlineData("a\0b.png", "null")]
    public void A_place_that_cannot_hold_a_picture_is_refused_at_once(string name, string hint)
    {
        Directory.CreateDirectory(_folder.File("folder.png"));

        var refused = Assert.Throws<HopsKafkaException>(() => PictureFile.Claim(name.Length == 0 ? "" : _folder.File(name)));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(hint, $"{refused.Message} {refused.Remedy}", StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void An_extension_in_capitals_is_a_png_too()
    {
        using var file = PictureFile.Claim(_folder.File("A.PNG"));

        Assert.Equal(_folder.File("A.PNG"), file.FullPath);
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_refused_at_once()
    {
        // A name that is too long is refused by every system and user, root included, as a folder without rights is not.
        var refused = Assert.Throws<HopsKafkaException>(() => PictureFile.Claim(_folder.File(new string('a', 300) + ".png")));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }

    private List<string> Names() =>
        [.. new DirectoryInfo(_folder.Path).EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];
}
