using System.Text;
using System.Xml.Linq;
using HopsKafka.Plotting;

namespace HopsKafka.Tests.Plotting;

public sealed class SvgFigureSpecs
{
    [Fact]
    public void An_svg_has_the_size_and_all_texts_of_the_picture_as_text()
    {
        var options = new FigureOptions("temperature · group a", 64) { Axis = FigureAxis.Step, YLabel = "°C" };
        List<PlotSeries> series = [.. Enumerable.Range(0, 64).Select(n => Series($"sensor{n}"))];

        var svg = Svg(options, series);

        var layout = new FigureLayout(64);
        Assert.Equal($"{layout.Width} {layout.Height}", $"{svg.Attribute("width")?.Value} {svg.Attribute("height")?.Value}");
        var texts = Elements(svg, "text").Select(e => e.Value.Trim()).ToList();
        Assert.Superset(new HashSet<string>(["temperature · group a", "step (50 events of each sensor)", "°C", "0", "20", "50 events"]), texts.ToHashSet());
        Assert.All(series, one => Assert.Contains(one.Id, texts));
        Assert.All(Elements(svg, "text"), e => Assert.Contains("sans-serif", e.Attribute("font-family")?.Value ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public void An_svg_has_one_line_of_each_sensor_drawn_once()
    {
        var svg = Svg(new FigureOptions("", 2), [Series("sensor0"), Series("sensor1")]);

        var colors = Elements(svg, "path").Where(e => e.Attribute("d")!.Value.Count(c => c == 'L') == 49)
            .Select(e => e.Attribute("stroke")?.Value).ToList();
        Assert.Equal(["#2563EB", "#2563EB"], colors);
    }

    [Theory]
    [InlineData("</text><script>alert(1)</script>")]
    [InlineData("a&b \"c\" 'd' \u0001 \ud800 温")]
    public void No_id_breaks_out_of_the_svg(string id)
    {
        var svg = Svg(new FigureOptions(id, 1), [Series(id)]);

        Assert.Empty(Elements(svg, "script"));
        Assert.Contains(Elements(svg, "text"), e => e.Value.Contains(id[..2], StringComparison.Ordinal));
    }

    private static XElement Svg(FigureOptions options, IReadOnlyList<PlotSeries> series) =>
        XDocument.Parse(Encoding.UTF8.GetString(SensorFigure.Render(PictureFormat.Svg, options, series))).Root!;

    private static List<XElement> Elements(XElement svg, string name) => [.. svg.Descendants().Where(e => e.Name.LocalName == name)];

    private static PlotSeries Series(string id) => new(id, 50, [.. Enumerable.Range(0, 50).Select(n => new ReadingPoint(n, n))]);
}
