using HopsKafka.Common;

namespace HopsKafka.Kafka;

/// <summary>
/// A file of dead letters, one JSON object (UTF-8) per line, as <c>avro-consumer --on-error dead-letter</c> writes and
/// <c>avro-producer --replay</c> sends. Not thread-safe.
/// </summary>
public sealed class DeadLetterFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;
    private readonly string? _option;
    private bool _endsWithPartialLine;

    private DeadLetterFile(string path, string? option, FileStream file, bool endsWithPartialLine) =>
        (_path, _option, _file, _endsWithPartialLine) = (path, option, file, endsWithPartialLine);

    /// <summary>Opens a file to append to it; creates it if it does not exist. Several processes may append to one file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Cancels the wait for the reader of a pipe.</param>
    /// <returns>The file.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be written.</exception>
    public static DeadLetterFile Append(string path, CancellationToken cancellationToken = default) => Append(path, null, cancellationToken);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Cancels the wait for the writer of a pipe.</param>
    /// <returns>All lines but empty ones, dead letters or not; read lazily.</returns>
    /// <exception cref="HopsKafkaException">The file cannot be read.</exception>
    public static IEnumerable<DeadLetterLine> Read(string path, CancellationToken cancellationToken = default) => Read(path, null, cancellationToken);

    // The option is named in error messages.
    internal static DeadLetterFile Append(string path, string? option, CancellationToken stop = default)
    {
        try
        {
            var endsWithPartialLine = EndsWithPartialLine(path);

            // Not buffered: Dispose would try again to write what a full disk did not take, and its exception would hide the first one.
            var file = OpenCancelable(() => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), stop);
            return new DeadLetterFile(path, option, file, endsWithPartialLine);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var why = Directory.Exists(path) ? "it is a folder" : e is DirectoryNotFoundException ? "there is no such folder" : e.Message.TrimEnd('.');
            throw new HopsKafkaException($"The dead-letter file {Describe(path, option)} cannot be written: {why}.", "Name another file.", ExitCode.Usage, e);
        }
    }

    // The option is named in error messages.
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

    /// <summary>The number of lines in a file; 0 if it does not exist, or is a pipe.</summary>
    internal static long CountLines(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return 0;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var buffer = new byte[64 * 1024];
        var (lines, last) = (0L, (byte)'\n');
        while (file.Read(buffer) is > 0 and var count)
        {
            lines += buffer.AsSpan(0, count).Count((byte)'\n');
            last = buffer[count - 1];
        }

        return lines + (last == '\n' ? 0 : 1);
    }

    /// <summary>Appends a letter with one write. After it returns, the letter is in the file even if this process is killed.</summary>
    /// <param name="letter">The letter.</param>
    /// <exception cref="HopsKafkaException">The file cannot be written.</exception>
    public void Add(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        try
        {
            // One write per line: lines of several consumers with one file do not mix.
            byte[] end = [(byte)'\n'];
            _file.Write([.. _endsWithPartialLine ? end : [], .. letter.ToJson(), .. end]);
            _endsWithPartialLine = false;
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

    // A full disk or a killed process may have left a partial line: the next letter must start on a line of its own.
    private static bool EndsWithPartialLine(string path)
    {
        // A pipe has no length, and must not be opened twice.
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return false;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    // open(2) of a named pipe waits for its other end: a signal must still end the tool.
    private static T OpenCancelable<T>(Func<T> open, CancellationToken stop) => Task.Run(open, stop).WaitAsync(stop).GetAwaiter().GetResult();

    private static string Describe(string path, string? option) => option is null ? path : $"{path} ({option})";

    private static StreamReader Open(string path, string? option, CancellationToken stop)
    {
        try
        {
            return OpenCancelable(() => new StreamReader(path), stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException(
                $"The dead-letter file {Describe(path, option)} cannot be read: {FileErrors.Why(path, e)}.", $"Correct {option ?? "the path"}.", ExitCode.Usage, e);
        }
    }
}

/// <summary>A line of a dead-letter file.</summary>
/// <param name="Number">Line number, from 1.</param>
/// <param name="Letter">The dead letter; null if the line is not one.</param>
/// <param name="Text">The text of the line; null if it is longer than 64 Mi characters.</param>
/// <param name="Problem">Why the line is not a dead letter, as a clause; null if it is one.</param>
public sealed record DeadLetterLine(int Number, DeadLetter? Letter, string? Text, string? Problem);
