using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

/// <summary>A file that lines of an input are added to as they are.</summary>
internal sealed class LineFile : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;

    private LineFile(FileStream file, string path) => (_file, _path) = (file, path);

    /// <summary>Opens it; it is made if it is not there.</summary>
    /// <param name="header">What an empty file begins with; empty for nothing.</param>
    /// <param name="stop">Cancels the wait for the reader of a pipe.</param>
    /// <exception cref="HopsKafkaException">It cannot be written.</exception>
    public static LineFile Append(string path, ReadOnlySpan<byte> header, CancellationToken stop)
    {
        try
        {
            // Not buffered: a line is with the operating system when Add returns.
            var file = Task.Run(() => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), stop)
                .WaitAsync(stop).GetAwaiter().GetResult();
            var lines = new LineFile(file, path);
            if (!header.IsEmpty && !(file.CanSeek && file.Length > 0))
            {
                lines.Add(header);
            }

            return lines;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException($"The dead-letter file {path} (--on-error) cannot be written: {FileErrors.Why(path, e)}.", "Name another file.", ExitCode.Usage, e);
        }
    }

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <exception cref="HopsKafkaException">It could not be written.</exception>
    public void Add(ReadOnlySpan<byte> line)
    {
        try
        {
            _file.Write([.. line, (byte)'\n']);
        }
        catch (IOException e)
        {
            throw new HopsKafkaException(
                $"The dead-letter file {ShortPath.Of(Path.GetFullPath(_path))} cannot be written: {e.Message.TrimEnd('.')}.",
                "Free disk space, and continue with --resume or from the line that is printed.",
                innerException: e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
