using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>
/// A file of dead letters, one a line in JSON (UTF-8), as <c>avro-consumer --on-error dead-letter</c> writes and
/// <c>avro-producer --replay</c> sends. Not thread-safe.
/// </summary>
public sealed class DeadLetterFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;
    private readonly string? _option;
    private bool _isCutOff;

    private DeadLetterFile(string path, string? option, FileStream file, bool isCutOff) => (_path, _option, _file, _isCutOff) = (path, option, file, isCutOff);

    /// <summary>Opens a file to add to it; it is made if it is not there. Several processes may add to one file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Cancels the wait for the reader of a pipe.</param>
    /// <returns>The file.</returns>
    /// <exception cref="HopsKafkaException">It cannot be written.</exception>
    public static DeadLetterFile Append(string path, CancellationToken cancellationToken = default) => Append(path, null, cancellationToken);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Cancels the wait for the writer of a pipe.</param>
    /// <returns>All lines but empty ones, letters or not; read while they are taken.</returns>
    /// <exception cref="HopsKafkaException">It cannot be read.</exception>
    public static IEnumerable<DeadLetterLine> Read(string path, CancellationToken cancellationToken = default) => Read(path, null, cancellationToken);

    // The option that names the file is for messages.
    internal static DeadLetterFile Append(string path, string? option, CancellationToken stop = default)
    {
        try
        {
            var isCutOff = EndsWithinLine(path);

            // Not buffered: what the disk did not take would be written once more on disposal, whose failure hides the first one.
            var file = Opened(() => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), stop);
            return new DeadLetterFile(path, option, file, isCutOff);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var why = Directory.Exists(path) ? "it is a folder" : e is DirectoryNotFoundException ? "there is no such folder" : e.Message.TrimEnd('.');
            throw new HopsKafkaException($"The dead-letter file {Named(path, option)} cannot be written: {why}.", "Name another file.", ExitCode.Usage, e);
        }
    }

    // The option that names the file is for messages.
    internal static IEnumerable<DeadLetterLine> Read(string path, string? option, CancellationToken stop = default)
    {
        using var reader = Open(path, option, stop);
        var number = 0;
        foreach (var line in TextLines.Of(reader))
        {
            number++;
            if (line is null || !line.AsSpan().Trim().IsEmpty)
            {
                yield return Parse(number, line);
            }
        }
    }

    /// <summary>Adds a letter with one write. When this returns, the operating system has it, whatever becomes of this process.</summary>
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
            var where = $"{letter.Topic} [{letter.Partition}] offset {letter.Offset}";
            var remedy = _option is null
                ? $"Free disk space, and do not commit {where}: its letter is not in the file."
                : $"Event {where} was not committed, so the group reads it again.";
            throw new HopsKafkaException(
                $"The dead-letter file {ShortPath.Of(Path.GetFullPath(_path))} cannot be written: {e.Message.TrimEnd('.')}.",
                remedy,
                innerException: e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static DeadLetterLine Parse(int number, string? line)
    {
        if (line is null)
        {
            return new DeadLetterLine(number, null, null, TextLines.TooLong);
        }

        try
        {
            return new DeadLetterLine(number, DeadLetter.Parse(line), line, null);
        }
        catch (FormatException e)
        {
            return new DeadLetterLine(number, null, line, e.Message);
        }
    }

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

    private static string Named(string path, string? option) => option is null ? path : $"{path} ({option})";

    private static StreamReader Open(string path, string? option, CancellationToken stop)
    {
        try
        {
            return Opened(() => new StreamReader(path), stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException(
                $"The dead-letter file {Named(path, option)} cannot be read: {FileErrors.Why(path, e)}.", $"Correct {option ?? "the path"}.", ExitCode.Usage, e);
        }
    }
}

/// <summary>A line of a file of dead letters.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Letter">The letter; null when the line is none.</param>
/// <param name="Text">The line as it is; null when it is longer than 64 Mi characters.</param>
/// <param name="Problem">Why it is no letter, as a sentence without its end; null when it is one.</param>
public sealed record DeadLetterLine(int Number, DeadLetter? Letter, string? Text, string? Problem);
