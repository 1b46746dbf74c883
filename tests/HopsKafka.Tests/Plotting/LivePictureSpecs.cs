using System.Threading.Channels;
using HopsKafka.Common;
using HopsKafka.Plotting;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Plotting;

public sealed class LivePictureSpecs : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TempDir _folder = new();
    private readonly PictureFile _file;
    private readonly ReadingHistory _history = new();
    private readonly ManualTime _time = new();
    private readonly Channel<string> _notices = Channel.CreateUnbounded<string>();
    private readonly Channel<byte> _drawings = Channel.CreateUnbounded<byte>();
    private Exception? _failure;
    private byte _drawing;

    public LivePictureSpecs() => _file = PictureFile.Claim(_folder.File("a.png"));

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Draws_at_each_tick_that_follows_a_reading()
    {
        await using var picture = Live();

        _history.Add("sensor0", 1);
        _time.FireTimers();
        var first = await NextDrawing();
        _history.Add("sensor0", 2);
        _time.FireTimers();
        var second = await NextDrawing();

        Assert.Equal((1, 2), (first, second));
        Assert.Equal(TimeSpan.FromSeconds(0.5), _time.Period);
    }

    [Fact]
    public async Task The_last_picture_says_that_there_were_no_events()
    {
        var shown = new List<FigureOptions>();
        var picture = Live((options, _, _) =>
        {
            shown.Add(options);
            return [];
        });
        await picture.DisposeAsync();

        Assert.Equal("no events", new SensorPanel(null, 100, Assert.Single(shown), FigureAxis.Events).Notice);
        Assert.Equal("no events yet", new SensorPanel(null, 100, new FigureOptions("t", 1), FigureAxis.Events).Notice);
    }

    [Fact]
    public async Task Draws_only_when_something_was_added()
    {
        await using var picture = Live();

        Assert.False(picture.DrawIfChanged());
        _history.Add("sensor0", 1);
        Assert.True(picture.DrawIfChanged());
        Assert.False(picture.DrawIfChanged());
        _history.Add("sensor9", 1);
        Assert.True(picture.DrawIfChanged());
        Assert.Equal(2, _drawing);
    }

    [Fact]
    public async Task Draws_what_the_group_assigned_anew_although_no_reading_came()
    {
        var shown = GroupMembership.None;
        await using var picture = Live((options, _, _) =>
        {
            shown = options.Membership;
            return [1];
        });
        _history.Change(GroupMembership.None.Assign("me", [0, 1]));
        var beforeReadings = picture.DrawIfChanged();
        _history.Add("sensor0", 1);
        picture.DrawIfChanged();

        _history.Change(_history.Membership.Revoke([1]));

        Assert.False(beforeReadings);
        Assert.True(picture.DrawIfChanged());
        Assert.Equal(("me", 1), (shown.MemberId, shown.Revoked.Single()));
        Assert.False(picture.DrawIfChanged());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Ends_with_a_picture_of_all_readings_even_of_none(int readings)
    {
        await using var picture = Live();

        for (var n = 0; n < readings; n++)
        {
            _history.Add("sensor0", n);
        }

        await picture.FinishAsync();
        await picture.FinishAsync();

        Assert.Equal([1], await File.ReadAllBytesAsync(_file.FullPath));
    }

    [Fact]
    public async Task Ends_without_drawing_again_what_the_last_picture_holds()
    {
        await using var picture = Live();
        _history.Add("sensor0", 1);
        picture.DrawIfChanged();

        await picture.FinishAsync();

        Assert.Equal(1, _drawing);
    }

    [Fact]
    public async Task A_picture_that_fails_is_logged_once_tried_again_and_thrown_at_the_end()
    {
        _failure = new DllNotFoundException("no such library");
        await using var picture = Live();

        foreach (var value in new[] { 1.0, 2 })
        {
            _history.Add("sensor0", value);
            _time.FireTimers();
            await NextDrawing();
        }

        var thrown = await Assert.ThrowsAsync<HopsKafkaException>(picture.FinishAsync);

        Assert.Contains("no such library", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, thrown.ExitCode);
        Assert.Equal(thrown.Message, await _notices.Reader.ReadAsync());
        Assert.False(_notices.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_failure_that_passed_by_the_end_is_none()
    {
        _failure = new IOException("disk full");
        await using var picture = Live();
        _history.Add("sensor0", 1);
        _time.FireTimers();
        await _notices.Reader.ReadAsync().AsTask().WaitAsync(Soon);

        _failure = null;
        await picture.FinishAsync();

        Assert.Equal([2], await File.ReadAllBytesAsync(_file.FullPath));
    }

    [Fact]
    public async Task Disposal_without_an_end_reports_a_failure_and_throws_nothing()
    {
        _failure = new IOException("disk full");
        var picture = Live();
        _history.Add("sensor0", 1);

        await picture.DisposeAsync();

        Assert.Contains("disk full", await _notices.Reader.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adding_does_not_wait_for_a_drawing()
    {
        using var release = new ManualResetEventSlim();
        await using var picture = Live((_, _, _) =>
        {
            _drawings.Writer.TryWrite(1);
            Assert.True(release.Wait(Soon));
            return [1];
        });
        _history.Add("sensor0", 1);
        // A real timer rings on a thread of its own, where the drawing then goes on.
        var firing = Task.Run(_time.FireTimers);
        await NextDrawing();

        for (var n = 0; n < 100_000; n++)
        {
            _history.Add("sensor0", n);
        }

        Assert.Equal(100_001, _history.Added);
        release.Set();
        await firing;
        await picture.FinishAsync();
        Assert.False(_notices.Reader.TryRead(out var notice), notice);
    }

    [Fact]
    public async Task The_real_figure_reaches_the_file_and_sensors_without_a_panel_are_reported()
    {
        await using var picture = new PictureUpdater(_history, _file, new FigureOptions("t", 1), _ => { });
        _history.Add("sensor0", 1);
        _history.Add("sensor0", 2);
        _history.Add("sensor1", 2);

        await picture.FinishAsync();

        using var drawn = new Picture(await File.ReadAllBytesAsync(_file.FullPath));
        Assert.NotEmpty(drawn.Line(new FigureLayout(1), 0));
        Assert.Equal(1, picture.HiddenSensors);
    }

    private async Task<int> NextDrawing() => await _drawings.Reader.ReadAsync().AsTask().WaitAsync(Soon);

    private PictureUpdater Live(Func<FigureOptions, IReadOnlyList<PlotSeries>, int, byte[]>? render = null) =>
        new(_history, _file, new FigureOptions("t", 1), notice => _notices.Writer.TryWrite(notice), null, _time, render ?? Draw);

    private byte[] Draw(FigureOptions options, IReadOnlyList<PlotSeries> series, int sensors)
    {
        _drawings.Writer.TryWrite(++_drawing);
        return _failure is null ? [_drawing] : throw _failure;
    }
}
