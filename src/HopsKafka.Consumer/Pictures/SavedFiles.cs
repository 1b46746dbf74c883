using System.Text.Json;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Consumer.Pictures;

/// <summary>Reads saved outputs line by line; invalid lines are logged and skipped.</summary>
internal sealed class SavedFiles(IReadOnlyList<string> files)
{
    private const int MostTold = 10;

    private int _unread;

    /// <summary>Lines that are no events.</summary>
    public long Broken { get; private set; }

    /// <summary>Whether each file was read to its end and each line was an event.</summary>
    public bool AreSound => Broken == 0 && _unread == 0;

    /// <summary>Reads all.</summary>
    /// <param name="take">Takes each event and the words for where it stands; the event lives no longer.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="HopsKafkaException">No file can be read; exit code 2.</exception>
    public void Read(Action<SavedEvent, string> take, CancellationToken stop)
    {
        HopsKafkaException? last = null;
        foreach (var file in files)
        {
            try
            {
                ReadFile(file, take, stop);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                _unread++;
                last = new HopsKafkaException(
                    $"{file} cannot be read: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.TrimEnd('.'))}.", "Name files that avro-consumer -o json wrote.", ExitCode.Usage, e);
                Told(last);
            }
        }

        if (last is not null && _unread == files.Count)
        {
            throw last;
        }
    }

    private void ReadFile(string file, Action<SavedEvent, string> take, CancellationToken stop)
    {
        using var reader = new StreamReader(file);
        var number = 0L;
        foreach (var line in TextLines.Of(reader))
        {
            number++;
            stop.ThrowIfCancellationRequested();
            if (line is null)
            {
                LeaveOut(file, number, TextLines.TooLong);
            }
            else if (line.Length > 0)
            {
                ReadLine(file, number, line, take);
            }
        }
    }

    private void ReadLine(string file, long number, string line, Action<SavedEvent, string> take)
    {
        string why;
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 2000 });
            if (SavedEvent.Of(json.RootElement) is { } saved)
            {
                take(saved, $"{file}, line {number}");
                return;
            }

            why = "it is no event: topic, partition or offset are missing";
        }
        catch (JsonException)
        {
            why = "it is no JSON, perhaps cut off";
        }
        catch (InvalidOperationException)
        {
            // Thrown by System.Text.Json for a text that is not valid Unicode.
            why = "a text in it is no Unicode";
        }

        LeaveOut(file, number, why);
    }

    private void LeaveOut(string file, long number, string why)
    {
        Broken++;
        if (Broken <= MostTold)
        {
            ConsoleLog.Warning($"{file}, line {number} is skipped: {why}.", WarningCodes.InvalidLine, fields: new LogFields(file, number));
        }
    }

    // The only one, or the last of several that failed, is thrown instead.
    private void Told(HopsKafkaException unread)
    {
        if (_unread < files.Count)
        {
            ConsoleLog.Warning(unread.Message, ErrorCodes.Of(unread));
        }
    }
}
