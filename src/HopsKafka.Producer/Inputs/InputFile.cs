using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

/// <summary>The file or pipe that events are read from.</summary>
internal sealed class InputFile : IDisposable
{
    /// <summary>The word for standard input.</summary>
    public const string StandardInput = "-";

    private readonly Stream _raw;
    private readonly CountingStream _counted;
    private readonly Lazy<Stream> _content;

    private InputFile(string name, Stream raw, CancellationToken stop)
    {
        Name = name;
        _raw = raw;
        Length = raw.CanSeek ? raw.Length : null;
        _counted = new CountingStream(raw);
        _content = new Lazy<Stream>(() => new GzipInput(new ReadAheadStream(_counted, stop), Name));
    }

    /// <summary>Its name without folders, for messages and the header of its events.</summary>
    public string Name { get; }

    /// <summary>Its size in bytes; null for a pipe.</summary>
    public long? Length { get; }

    /// <summary>Bytes that were read so far; may be asked on another thread.</summary>
    public long BytesRead => _counted.Count;

    /// <summary>Its content, decompressed. Reading throws <see cref="OperationCanceledException"/> after the stop, also while it waits for a pipe.</summary>
    public Stream Content => _content.Value;

    /// <summary>Opens it.</summary>
    /// <param name="path">Its path, or <see cref="StandardInput"/>.</param>
    /// <param name="stop">Ends the wait for the writer of a named pipe, and each wait for content.</param>
    /// <exception cref="HopsKafkaException">It cannot be read.</exception>
    public static InputFile Open(string path, CancellationToken stop)
    {
        if (path == StandardInput)
        {
            return new InputFile("stdin", CommandContext.Current.InputStream(), stop);
        }

        try
        {
            // A named pipe opens when its writer does.
            var file = Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), stop).WaitAsync(stop).GetAwaiter().GetResult();
            return new InputFile(Path.GetFileName(path), file, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException($"The input {path} cannot be read: {FileErrors.Why(path, e)}.", "Correct --input; - is standard input.", ExitCode.Usage, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _raw.Dispose();
    }
}
