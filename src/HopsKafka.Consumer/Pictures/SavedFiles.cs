using System.Text.Json;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Consumer.Pictures;

/// <summary>Reads saved outputs line by line; invalid lines are logged and skipped.</summary>
internal sealed class SavedFiles(IReadOnlyList<string> files)
{
    private const int MaxLogged = 10;

    private int _unreadable;

    /// <summary>Number of lines that are not events.</summary>
    public long InvalidLines { get; private set; }

    /// <summary>Whether each file was read to its end and each line was an event.</summary>
    public bool AllValid => InvalidLines == 0 && _unreadable == 0;

    /// <summary>Reads all files.</summary>
    /// <param name="onEvent">Called with each event and its position for messages; the event is valid only during the call.</param>
    /// <exception cref="HopsKafkaException">No file can be read; exit code 2.</exception>
    public void Read(Action<SavedEvent, string> onEvent, CancellationToken stop)
    {
        HopsKafkaException? last = null;
        foreach (var file in files)
        {
            try
            {
                ReadFile(file, onEvent, stop);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                _unreadable++;
                last = new HopsKafkaException(
                    $"{file} cannot be read: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.TrimEnd('.'))}.",
                    "Name files that avro-consumer -o json wrote.",
                    ExitCode.Usage,
                    e);
                LogUnreadable(last);
            }
        }

        if (last is not null && _unreadable == files.Count)
        {
            throw last;
        }
    }

    private void ReadFile(string file, Action<SavedEvent, string> onEvent, CancellationToken stop)
    {
        using var reader = new StreamReader(file);
        var number = 0L;
        foreach (var line in TextLines.Of(reader))
        {
            number++;
            stop.ThrowIfCancellationRequested();
            if (line is null)
            {
                SkipLine(file, number, TextLines.TooLong);
            }
            else if (line.Length > 0)
            {
                ReadLine(file, number, line, onEvent);
            }
        }
    }

    private void ReadLine(string file, long number, string line, Action<SavedEvent, string> onEvent)
    {
        string why;
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 2000 });
            if (SavedEvent.Of(json.RootElement) is { } saved)
            {
                onEvent(saved, $"{file}, line {number}");
                return;
            }

            why = "it is not an event: topic, partition or offset is missing";
        }
        catch (JsonException)
        {
            why = "it is not JSON, perhaps cut off";
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json throws it for a string that is not valid Unicode.
            why = "a string in it is not valid Unicode";
        }

        SkipLine(file, number, why);
    }

    private void SkipLine(string file, long number, string why)
    {
        InvalidLines++;
        if (InvalidLines <= MaxLogged)
        {
            ConsoleLog.Warning($"{file}, line {number} is skipped: {why}.", WarningCodes.InvalidLine, fields: new LogFields(file, number));
        }
    }

    // If no file can be read, the last error is thrown instead.
    private void LogUnreadable(HopsKafkaException failure)
    {
        if (_unreadable < files.Count)
        {
            ConsoleLog.Warning(failure.Message, ErrorCodes.Of(failure));
        }
    }
}
