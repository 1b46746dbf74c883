using HopsKafka.Common;
using HopsKafka.FeatureGroups;
using HopsKafka.Producer.Inputs;

namespace HopsKafka.Producer.FeatureGroups;

/// <summary>Encodes the rows of a file before anything is sent.</summary>
/// <param name="source">Will send them.</param>
internal sealed class RowScan(InputEventSource source, InputRequest request)
{
    private readonly InputEventBuilder _rows = source.Builder;

    /// <summary>Reads the whole file.</summary>
    /// <param name="reader">Reads it from its start.</param>
    /// <param name="bad">Handles the lines that are not rows; null to pass over them.</param>
    /// <param name="newest">Gets all rows, and then knows those that do not belong into the online store; null for none.</param>
    /// <param name="late">Gets all rows, too; null for none.</param>
    /// <returns>How many rows will be sent.</returns>
    /// <exception cref="HopsKafkaException">It cannot be read.</exception>
    public long Run(InputReader reader, BadLines? bad, NewestRows? newest, LateRows? late)
    {
        var count = 0L;
        var kept = KeptRows.ForThisMachine();
        try
        {
            while (reader.MoveNext())
            {
                // What an earlier run passed over is none of this one.
                if (_rows.TryCreate(reader, reader.Line >= request.FromLine ? bad : null))
                {
                    kept.Add(reader.Line, _rows.Current);
                    late?.Add(_rows.Current.Row, reader.Line);
                    count += Add(newest, reader.Line);
                }
            }
        }
        catch (IOException e)
        {
            throw new HopsKafkaException($"The input {request.Path} cannot be read: {e.Message.TrimEnd('.')}.", "Nothing was sent.", innerException: e);
        }

        kept.Complete();
        (_rows.Newest, _rows.Kept) = (newest, kept);
        return count;
    }

    // By how much a row changes the number of those that will be sent.
    private int Add(NewestRows? newest, long line)
    {
        var older = newest?.Add(_rows.Current.Row, line);
        return (WillSend(line) ? 1 : 0) - (source.DropsOlder && older is { } number && WillSend(number) ? 1 : 0);
    }

    // All rows of a key are in one partition and in one share.
    private bool WillSend(long line) => line >= request.FromLine && _rows.IsInShard(line) && source.Stored?.Has(_rows.Partition, line) != true;
}
