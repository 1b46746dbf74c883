namespace HopsKafka.Plotting;

/// <summary>The layout of a figure. Its size grows with the panels, up to the number of pixels of 1600 × 2400.</summary>
/// <param name="IsNarrow">Whether it is for the width of a phone: one column.</param>
/// <param name="HasHeading">Whether there is room for a heading.</param>
internal sealed record FigureLayout(int Panels, bool IsNarrow = false, bool HasHeading = true)
{
    public const int Margin = 20;
    public const int TitleSize = 22;
    public const int PanelTitleSize = 14;
    public const int LabelSize = 13;
    public const int TickSize = 12;

    /// <summary>Room above a panel's plot for its title.</summary>
    public const int PanelTop = 32;

    /// <summary>Room below the plots of the last row for the ticks of the shared axis.</summary>
    public const int TickRoom = 26;

    /// <summary>Base line of the heading.</summary>
    public const int TitleLine = 38;

    private const int LabelRoom = 24;
    private const int LineHeight = 20;
    private const int NarrowWidth = 400;
    private const float MaxPixels = 1600 * 2400;
    private const float MaxScale = 2;

    /// <summary>Number of columns: few panels are in one column, as in the tutorial.</summary>
    public int Columns => IsNarrow ? 1 : Panels switch { <= 4 => 1, <= 16 => 2, <= 36 => 3, _ => 4 };

    /// <summary>Number of rows.</summary>
    public int Rows => (Panels + Columns - 1) / Columns;

    /// <summary>Width of the figure.</summary>
    public int Width => IsNarrow ? NarrowWidth : Columns switch { 1 => 1000, 2 => 1280, 3 => 1440, _ => 1600 };

    /// <summary>Height of the figure.</summary>
    public int Height => Heading + Rows * RowHeight + Footer;

    /// <summary>Pixels of the file per pixel of the figure; more for phones, whose screens have a higher resolution.</summary>
    public float Scale => IsNarrow ? Math.Min(MaxScale, MathF.Sqrt(MaxPixels / (Width * Height))) : 1;

    /// <summary>Height of the plot of a panel.</summary>
    public int PlotHeight => RowHeight - PanelTop;

    /// <summary>Base line of the name of the shared axis.</summary>
    public int AxisLine => FooterLine - (IsNarrow ? LineHeight : 0);

    /// <summary>Base line of the footer.</summary>
    public int FooterLine => Height - 16;

    /// <summary>Middle of the plots from top to bottom.</summary>
    public float Middle => Heading + Rows * RowHeight / 2f;

    private int Heading => HasHeading ? 56 : 0;

    private int Footer => IsNarrow ? 62 + LineHeight : 62;

    private int RowHeight => IsNarrow
        ? Rows <= 16 ? 180 : 130
        : Rows switch { 1 => 440, 2 => 290, <= 4 => 215, <= 8 => 190, <= 12 => 165, _ => 140 };

    private float ColumnWidth => (Width - Margin - LabelRoom - Margin) / (float)Columns;

    /// <summary>Upper left corner of a panel and its width.</summary>
    public (float Left, float Top, float Width) Cell(int panel) =>
        (Margin + LabelRoom + panel % Columns * ColumnWidth, Heading + panel / Columns * RowHeight, ColumnWidth);

    /// <summary>Whether this panel is the lowest of its column, which has the ticks of the shared axis.</summary>
    public bool IsLowest(int panel) => panel + Columns >= Panels;
}
