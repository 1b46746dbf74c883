using System.Buffers;
using System.Text;
using HopsKafka.FeatureGroups;
using HopsKafka.Producer.FeatureGroups;
using HopsKafka.Producer.Inputs;

namespace HopsKafka.Tests.Producer.FeatureGroups;

/// <summary>Rows that were encoded when a file was validated come back as they were.</summary>
public sealed class KeptRowsSpecs
{
    [Fact]
    public void Rows_come_back_by_their_lines()
    {
        var rows = new KeptRows(limit: 10_000_000);
        rows.Add(1, Row("a", "first", new RowVersion(UInt128.MaxValue, -5)));
        rows.Add(3, Row("", "third", new RowVersion(7, null)));
        rows.Add(4, Row("d", new string('x', 3_000_000), new RowVersion(8, long.MaxValue)));
        rows.Add(9, Row("i", "ninth", new RowVersion(9, 0)));
        rows.Complete();

        Assert.Equal(("a", "first", new RowVersion(UInt128.MaxValue, -5)), Take(rows, 1));
        Assert.Null(Take(rows, 2));
        Assert.Equal(("", "third", new RowVersion(7, null)), Take(rows, 3));
        Assert.Equal(3_000_000, Take(rows, 4)!.Value.Value.Length);
        Assert.Equal(("i", "ninth", new RowVersion(9, 0)), Take(rows, 9));
        Assert.Null(Take(rows, 10));
    }

    [Fact]
    public void Lines_that_are_passed_over_are_forgotten()
    {
        var rows = new KeptRows(limit: 10_000);
        for (var line = 1; line <= 5; line++)
        {
            rows.Add(line, Row("k", $"{line}", default));
        }

        rows.Complete();

        Assert.Equal("4", Take(rows, 4)!.Value.Value);
        Assert.Null(Take(rows, 2));
        Assert.Equal("5", Take(rows, 5)!.Value.Value);
    }

    [Fact]
    public void Beyond_the_limit_nothing_is_kept_even_if_there_is_room_for_a_smaller_row()
    {
        var rows = new KeptRows(limit: 1000);
        rows.Add(1, Row("k", new string('x', 500), default));
        rows.Add(2, Row("k", new string('x', 500), default));
        rows.Add(3, Row("k", "x", default));
        rows.Complete();

        Assert.NotNull(Take(rows, 1));
        Assert.Null(Take(rows, 2));
        Assert.Null(Take(rows, 3));
    }

    private static InputEvent Row(string key, string value, RowVersion version)
    {
        var row = new InputEvent(null) { HasKey = true, Row = version };
        row.KeyOutput.Write(Encoding.UTF8.GetBytes(key));
        row.ValueOutput.Write(Encoding.UTF8.GetBytes(value));
        return row;
    }

    private static (string Key, string Value, RowVersion Version)? Take(KeptRows rows, long line)
    {
        var row = new InputEvent(null);
        return rows.TryTake(line, row) ? (Encoding.UTF8.GetString(row.Key), Encoding.UTF8.GetString(row.Value), row.Row) : null;
    }
}
