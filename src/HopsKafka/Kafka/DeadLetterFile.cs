using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>A file of dead letters, one a line, to which letters are added.</summary>
internal sealed class DeadLetterFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;
    private bool _isCutOff;

    private DeadLetterFile(string path, FileStream file, bool isCutOff) => (_path, _file, _isCutOff) = (path, file, isCutOff);

    /// <summary>Opens a file to add to it; it is made if it is not there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="option">What names it, for messages.</param>
    /// <param name="stop">Gives up waiting for the reader of a pipe.</param>
    /// <returns>The file.</returns>
    /// <exception cref="HopsKafkaException">It cannot be written.</exception>
    public static DeadLetterFile Append(string path, string option, CancellationToken stop = default)
    {
        try
        {
            var isCutOff = EndsWithinLine(path);

            // Not buffered: what the disk did not take would be written once more on disposal, whose failure hides the first one.
            var file = Opened(() => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), stop);
            return new DeadLetterFile(path, file, isCutOff);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var why = Directory.Exists(path) ? "it is a folder" : e is DirectoryNotFoundException ? "there is no such folder" : e.Message.TrimEnd('.');
            throw new HopsKafkaException($"The dead-letter file {path} ({option}) cannot be written: {why}.", "Name another file.", ExitCode.Usage, e);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="option">What names it, for messages.</param>
    /// <param name="bad">Hears of each line that is no letter: its number and why. Reading goes on.</param>
    /// <param name="stop">Gives up waiting for the writer of a pipe.</param>
    /// <returns>The letters with the numbers of their lines; read while they are taken.</returns>
    /// <exception cref="HopsKafkaException">It cannot be read.</exception>
    public static IEnumerable<(int Line, DeadLetter Letter)> Read(string path, string option, Action<int, string> bad, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(bad);
        return Read(path, option, (number, _, why) => bad(number, why), stop);
    }

    /// <summary>Reads a file, and hands on the lines that are no letters: each as it is, or null where it is too long to be kept.</summary>
    internal static IEnumerable<(int Line, DeadLetter Letter)> Read(string path, string option, Action<int, string?, string> bad, CancellationToken stop)
    {
        using var reader = Open(path, option, stop);
        var number = 0;
        foreach (var line in TextLines.Of(reader))
        {
            number++;
            if (line is not null && line.AsSpan().Trim().IsEmpty)
            {
                continue;
            }

            DeadLetter letter;
            try
            {
                letter = DeadLetter.Parse(line ?? throw new FormatException(TextLines.TooLong));
            }
            catch (FormatException e)
            {
                bad(number, line, e.Message);
                continue;
            }

            yield return (number, letter);
        }
    }

    /// <summary>Adds a letter. When this returns, it is in the file, whatever becomes of this process.</summary>
    /// <param name="letter">The letter.</param>
    /// <exception cref="HopsKafkaException">It could not be written.</exception>
    public void Add(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        try
        {
            // One write a line: lines of several consumers with one file do not mix.
            byte[] end = [(byte)'\n'];
            _file.Write([.. _isCutOff ? end : [], .. letter.ToJson(), .. end]);
            _isCutOff = false;
        }
        catch (IOException e)
        {
            throw new HopsKafkaException(
                $"The dead-letter file {ShortPath.Of(Path.GetFullPath(_path))} cannot be written: {e.Message.TrimEnd('.')}.",
                $"Event {letter.Topic} [{letter.Partition}] offset {letter.Offset} was not committed: the group goes on with it.",
                innerException: e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // A disk that was full, or a process that was killed, left a part of a line: the next letter must not become a part of it.
    private static bool EndsWithinLine(string path)
    {
        // What is no file, a pipe for one, has no length, and must not be opened twice.
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return false;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    // A named pipe is not open before somebody opens its other end: that wait, in open(2), must not keep a signal from ending the tool.
    private static T Opened<T>(Func<T> open, CancellationToken stop) => Task.Run(open, stop).WaitAsync(stop).GetAwaiter().GetResult();

    private static StreamReader Open(string path, string option, CancellationToken stop)
    {
        try
        {
            return Opened(() => new StreamReader(path), stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException($"The dead-letter file {path} ({option}) cannot be read: {FileErrors.Why(path, e)}.", $"Correct {option}.", ExitCode.Usage, e);
        }
    }
}
