using System.Buffers;
using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Writes events to files, one after the other. Accepted bytes are on the disk.</summary>
internal sealed class FileTarget : EventTarget
{
    private const int MaxFlushSize = 1024 * 1024;

    // A write is small compared with a file, so that files come near their maximum size without exceeding it.
    private const int PartsOfFile = 16;

    private readonly FileNames _names;
    private readonly Rotation? _rotation;
    private readonly Action<IBufferWriter<byte>> _writeHeader;
    private readonly ChunkedBuffer _header = new();
    private PartialFile? _file;
    private string _path = "";
    private long _openedAt;

    /// <summary>Creates the first file.</summary>
    /// <param name="path">Its name; with rotation, the base of all names.</param>
    /// <param name="rotation">When the next file begins; null for one file.</param>
    /// <param name="writeHeader">Writes the header of each further file.</param>
    /// <exception cref="HopsKafkaException">The file exists, or cannot be created.</exception>
    public FileTarget(string path, Rotation? rotation, Action<IBufferWriter<byte>> writeHeader)
    {
        (_names, _rotation, _writeHeader) = (new FileNames(path, rotation is not null), rotation, writeHeader);
        try
        {
            foreach (var left in _names.FindEarlier().Where(left => !PartialFile.IsInUse(left)))
            {
                ConsoleLog.Warning(
                    $"{ShortPath.Of(left)} was left by a run that was killed. Its events after the last commit are read again; its last line may be cut off.",
                    WarningCodes.PartialFile);
            }

            _file = Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException(
                e is DirectoryNotFoundException
                    ? $"There is no folder {ShortPath.Of(Path.GetDirectoryName(Path.GetFullPath(path))!)} for {Path.GetFileName(path)}."
                    : $"{ShortPath.Of(path)}{FileNames.PartialSuffix} cannot be created: {DisplayText.Of(e.Message)}",
                "Create the folder, or choose another with --out.",
                ExitCode.Usage,
                e);
        }
    }

    /// <inheritdoc/>
    public override int FlushSize => (int)Math.Clamp((_rotation?.Bytes ?? long.MaxValue) / PartsOfFile, 1, MaxFlushSize);

    /// <inheritdoc/>
    public override bool HasReader => true;

    /// <inheritdoc/>
    public override void CheckReader()
    {
        if (_file is { Length: > 0 } && IsOld())
        {
            CompleteFile();
        }
    }

    /// <inheritdoc/>
    public override void Write(ChunkedBuffer text, int events, Func<bool> keepWaiting, ref int accepted)
    {
        if (text.WrittenCount == 0)
        {
            return;
        }

        if (_file is { Length: > 0 } && (IsOld() || _file.Length + text.WrittenCount > _rotation?.Bytes))
        {
            CompleteFile();
        }

        if (_file is null)
        {
            _file = Next();
            _header.Clear();
            _writeHeader(_header);
        }

        if (_file.Length == 0)
        {
            _openedAt = CommandContext.Current.Time.GetTimestamp();
        }

        _file.Append([.. _header.Chunks, .. text.Chunks], events);
        _header.Clear();
        accepted += text.WrittenCount;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (_rotation is null || _file is { Length: > 0 })
        {
            CompleteFile();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        try
        {
            if (_file is { Length: > 0 })
            {
                CompleteFile();
            }

            _file?.Remove();
        }
        catch (Exception e) when (e is HopsKafkaException or IOException or UnauthorizedAccessException)
        {
            ConsoleLog.Warning(e.Message, WarningCodes.OutputFailed);
        }

        _file?.Dispose();
        base.Dispose();
    }

    private bool IsOld() => _rotation?.Age is { } age && CommandContext.Current.Time.GetElapsedTime(_openedAt) >= age;

    private void CompleteFile()
    {
        var file = _file!;
        _file = null;
        file.Publish();
        ConsoleLog.Report($"Wrote {ShortPath.Of(_path)}: {file.Events} event{(file.Events == 1 ? "" : "s")}, {file.Length} bytes.");
    }

    private PartialFile Next()
    {
        try
        {
            return Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException(
                $"{ShortPath.Of(_path)}{FileNames.PartialSuffix} cannot be created: {DisplayText.Of(e.Message)}",
                "Check the folder of --out; only events that are in a file are committed.",
                innerException: e);
        }
    }

    // If another run uses a number at the same time, the next one is tried.
    private PartialFile Open()
    {
        while (true)
        {
            _path = _names.Next();
            var isTaken = Path.Exists(_path) || Path.Exists(_path + FileNames.PartialSuffix);
            if (isTaken && _rotation is null)
            {
                throw Exists();
            }

            if (!isTaken)
            {
                try
                {
                    return new PartialFile(_path);
                }
                catch (IOException) when (_rotation is not null && Path.Exists(_path + FileNames.PartialSuffix))
                {
                    // Created by another run since.
                }
            }
        }
    }

    private HopsKafkaException Exists() => Path.Exists(_path)
        ? new HopsKafkaException(
            $"{ShortPath.Of(_path)} exists already, and is never overwritten.", "Choose another file with --out, or move it away.", ExitCode.Usage)
        : new HopsKafkaException(
            $"{ShortPath.Of(_path)}{FileNames.PartialSuffix} exists already: a run that was killed left it, or another one writes it.",
            "If no run writes it, move it away: its events after the last commit are read again, and its last line may be cut off.",
            ExitCode.Usage);
}
