using System.Globalization;
using SkiaSharp;

namespace HopsKafka.Plotting;

/// <summary>The legend of a figure: the colors of the partitions.</summary>
/// <param name="canvas">Where to draw.</param>
internal sealed class FigureLegend(SKCanvas canvas, FigureText text)
{
    private const float Dot = 4;

    /// <summary>Draws as many partitions as fit.</summary>
    /// <param name="revoked">Those that were revoked from this consumer.</param>
    public float Draw(IReadOnlyList<int> partitions, IReadOnlySet<int> revoked, float x, float y, float room)
    {
        var (start, end) = (x, x + room);
        x += DrawText("partition", x, y, room) + 10;
        foreach (var partition in partitions)
        {
            var isRevoked = revoked.Contains(partition);
            var name = string.Create(CultureInfo.InvariantCulture, $"{partition}{(isRevoked ? " revoked" : "")}");
            if (x + FigureText.Width(name, FigureLayout.LabelSize) + 40 > end)
            {
                return x + DrawText("…", x, y, room) - start;
            }

            using var paint = new SKPaint { Color = (isRevoked ? PartitionColor.Revoked : PartitionColor.Of(partition)).ToSKColor(), IsAntialias = true };
            canvas.DrawCircle(x + Dot, y - 4.5f, Dot, paint);
            x += Dot * 2 + 5;
            x += DrawText(name, x, y, room) + 12;
        }

        return x - start;
    }

    private float DrawText(string words, float x, float y, float room) =>
        text.Draw(words, x, y, FigureLayout.LabelSize, FigureText.Faint, SKTextAlign.Left, room);
}
