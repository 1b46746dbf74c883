using System.Reflection;
using System.Runtime.Loader;
using HopsKafka.Plotting;
using SkiaSharp;

namespace HopsKafka.Tests.Plotting;

public sealed class FigureFontSpecs
{
    [Fact]
    public void The_font_is_the_embedded_one_whatever_the_machine_has()
    {
        var typeface = FigureFont.Typeface;

        Assert.Equal("Inter", typeface.FamilyName);
        Assert.Same(typeface, ScottPlot.Fonts.GetTypeface(FigureFont.Family, bold: false, italic: false));
        Assert.Same(typeface, ScottPlot.Fonts.GetTypeface(FigureFont.Family, bold: true, italic: true));
    }

    [Theory]
    [InlineData("0123456789,.−e")]
    [InlineData("temperature · group åäöéñøßłž")]
    [InlineData("αβγδωΩ Привет")]
    public void The_embedded_font_sets_numbers_and_european_texts(string text)
    {
        var typeface = FigureFont.For(text);

        Assert.Same(FigureFont.Typeface, typeface);
        Assert.True(typeface.ContainsGlyphs(text));
    }

    [Fact]
    public void Heading_titles_ticks_and_names_of_the_axes_are_there()
    {
        var layout = new FigureLayout(1);
        var points = Enumerable.Range(0, 100).Select(x => new ReadingPoint(x, x)).ToList();

        using var picture = new Picture(
            SensorFigure.RenderPng(new FigureOptions("temperature", 1), [new PlotSeries("sensor0", 100, points)]));

        var plotTop = (int)layout.Cell(0).Top + FigureLayout.PanelTop;
        Assert.NotEmpty(picture.Text(new SKRectI(20, 15, 200, 45)));
        Assert.NotEmpty(picture.Text(new SKRectI(60, plotTop - FigureLayout.PanelTop, 200, plotTop - 5)));
        Assert.NotEmpty(picture.Text(new SKRectI(45, plotTop, 80, plotTop + layout.PlotHeight)));
        Assert.NotEmpty(picture.Text(new SKRectI(80, plotTop + layout.PlotHeight + 6, 990, plotTop + layout.PlotHeight + 26)));
        Assert.NotEmpty(picture.Text(new SKRectI(15, plotTop, 35, plotTop + layout.PlotHeight)));
        Assert.NotEmpty(picture.Text(new SKRectI(400, layout.Height - 30, 600, layout.Height - 10)));
    }

    [Fact]
    public void Nothing_of_the_drawing_libraries_is_loaded_before_the_first_picture()
    {
        var context = new Recorder();
        var core = context.LoadFromAssemblyPath(typeof(FigureOptions).Assembly.Location);
        dynamic Make(Type type, params object[] arguments) => Activator.CreateInstance(core.GetType(type.FullName!)!, arguments)!;

        var options = Make(typeof(FigureOptions), "title", 8);
        var history = Make(typeof(ReadingHistory), 10, 8);
        history.Add("sensor0", 1.0);
        var loadedBefore = context.Asked.ToList();
        core.GetType(typeof(SensorFigure).FullName!)!.GetMethod(nameof(SensorFigure.RenderPng))!
            .Invoke(null, [options, history.Snapshot(8), 0]);

        Assert.DoesNotContain(loadedBefore, IsDrawing);
        Assert.Contains(context.Asked, IsDrawing);
    }

    private static bool IsDrawing(string assembly) =>
        assembly.StartsWith("Skia", StringComparison.Ordinal) || assembly.StartsWith("ScottPlot", StringComparison.Ordinal);

    /// <summary>Loads the core library a second time and notes which others it asks for.</summary>
    private sealed class Recorder() : AssemblyLoadContext("recorder")
    {
        public List<string> Asked { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Asked.Add(assemblyName.Name!);

            // A ScottPlot of its own: the second core's font must not become known to the one that other tests look at.
            return assemblyName.Name == "ScottPlot" ? LoadFromAssemblyPath(typeof(ScottPlot.Plot).Assembly.Location) : null;
        }
    }
}
