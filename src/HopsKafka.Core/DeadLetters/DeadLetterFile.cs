using HopsKafka.Cli;

namespace HopsKafka.DeadLetters;

/// <summary>A file of dead letters, one a line, to which letters are added.</summary>
public sealed class DeadLetterFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;

    private DeadLetterFile(string path, FileStream file) => (_path, _file) = (path, file);

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
            return new DeadLetterFile(path, Opened(() => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite), stop));
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
        using var reader = Open(path, option, stop);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.AsSpan().Trim().IsEmpty)
            {
                continue;
            }

            DeadLetter letter;
            try
            {
                letter = DeadLetter.Parse(line);
            }
            catch (FormatException e)
            {
                bad(number, e.Message);
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
            _file.Write([.. letter.ToJson(), (byte)'\n']);
            _file.Flush();
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
