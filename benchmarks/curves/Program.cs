using System.Globalization;
using System.Text.Json;
using HopsKafka.Plotting;
using ScottPlot;
using ScottPlot.TickGenerators;

if (args is not [var data, var picture])
{
    Console.Error.WriteLine("Usage: curves DATA.json PICTURE.png");
    return 2;
}

var growth = JsonSerializer.Deserialize<Growth>(File.ReadAllText(data), JsonSerializerOptions.Web)!;
_ = FigureFont.Typeface; // makes it known to ScottPlot
var rates = Draw("events/s, start included", line => line.Rate);
var peaks = Draw("peak working set, MB", line => line.Peak);
peaks.XLabel(growth.Axis);
var figure = new Multiplot();
figure.RemovePlot(figure.GetPlot(0)); // it begins with an empty one
figure.AddPlot(rates);
figure.AddPlot(peaks);
figure.SavePng(picture, 900, 620);
return 0;

Plot Draw(string title, Func<Line, double[]> values)
{
    var plot = new Plot();
    plot.Font.Set(FigureFont.Family);
    plot.Title(title, size: 14);
    foreach (var line in growth.Lines)
    {
        plot.Add.Scatter(line.X.Select(Scale).ToArray(), values(line)).LegendText = line.Name;
    }

    plot.Axes.SetLimitsY(0, 1.15 * growth.Lines.Max(line => values(line).Max()));
    plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = Number };
    plot.Axes.Bottom.TickGenerator = new NumericManual(
        [.. growth.Lines[0].X.Select(x => new Tick(Scale(x), Number(x)))]);
    plot.Axes.Left.MinimumSize = 70; // one below the other, they begin at the same place
    plot.ShowLegend(Edge.Right); // beside the curves, which it would hide
    return plot;
}

double Scale(double x) => growth.IsLog ? Math.Log10(x) : x;

string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

internal sealed record Growth(string Axis, bool IsLog, Line[] Lines);

internal sealed record Line(string Name, double[] X, double[] Rate, double[] Peak);
