using HopsKafka.Common;

namespace HopsKafka.Consumer.Outputs;

/// <summary>
/// A file with the suffix <c>.part</c> until it is complete. It contains whole events only; if the process is killed during a write,
/// its last line may be cut off.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private readonly FileStream _stream;

    /// <summary>Creates the file.</summary>
    /// <param name="path">Its name once it is complete.</param>
    /// <exception cref="IOException">It cannot be created, or exists.</exception>
    public PartialFile(string path)
    {
        (_path, _partial) = (path, path + FileNames.PartialSuffix);
        _stream = new FileStream(
            _partial, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 });
    }

    /// <summary>Bytes on the disk.</summary>
    public long Length { get; private set; }

    /// <summary>Events on the disk.</summary>
    public long Events { get; private set; }

    /// <summary>Whether another process is writing the file.</summary>
    public static bool IsInUse(string partial)
    {
        try
        {
            using var stream = new FileStream(partial, FileMode.Open, FileAccess.Write, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return File.Exists(partial);
        }
    }

    /// <summary>Appends events and flushes them to the disk. After a failure, none of them is in the file.</summary>
    /// <param name="chunks">The text of whole events.</param>
    /// <param name="events">How many.</param>
    /// <exception cref="HopsKafkaException">It cannot be written.</exception>
    public void Append(IEnumerable<ReadOnlyMemory<byte>> chunks, int events)
    {
        try
        {
            foreach (var chunk in chunks)
            {
                _stream.Write(chunk.Span);
            }

            _stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // .NET throws ArgumentOutOfRangeException for a file that is too large for its file system or a limit.
            Truncate();
            throw Failed("written", e is ArgumentOutOfRangeException ? "it would be larger than the file system or a limit allows" : e.Message, e);
        }

        // Writes to a deleted file succeed, but its content is lost when it is closed.
        if (!File.Exists(_partial))
        {
            throw Failed("written", "it was removed or renamed while this run writes it", null);
        }

        Length = _stream.Position;
        Events += events;
    }

    /// <summary>Renames it to its final name.</summary>
    /// <exception cref="HopsKafkaException">It cannot be renamed; it stays as it is.</exception>
    public void Publish()
    {
        _stream.Dispose();
        try
        {
            File.Move(_partial, _path, overwrite: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed($"renamed to {ShortPath.Of(_path)}", e.Message, e);
        }
    }

    /// <summary>Removes it.</summary>
    public void Remove()
    {
        _stream.Dispose();
        File.Delete(_partial);
    }

    /// <summary>Closes it without renaming.</summary>
    public void Dispose() => _stream.Dispose();

    private void Truncate()
    {
        try
        {
            _stream.SetLength(Length);
            _stream.Position = Length;
        }
        catch (IOException)
        {
            // The first failure is reported.
        }
    }

    private HopsKafkaException Failed(string what, string why, Exception? inner) => new(
        $"{ShortPath.Of(_partial)} cannot be {what}: {DisplayText.Of(why.TrimEnd('.'))}.",
        "Free disk space, or choose another file with --out; only events that are in a file are committed.",
        innerException: inner);
}
