using HopsKafka.Common;

namespace HopsKafka.Plotting;

/// <summary>
/// The path of a picture, reserved at the start for the time of the run. A reader always sees a complete picture: it is written under another
/// name in the same folder, then renamed.
/// </summary>
internal sealed class PictureFile : IDisposable
{
    private const int MaxNames = 1000;

    private readonly FileStream _lock;

    private PictureFile(string path, bool isOtherName, FileStream pictureLock)
    {
        FullPath = path;
        IsOtherName = isOtherName;
        _lock = pictureLock;
    }

    /// <summary>Where the picture is written, as an absolute path.</summary>
    public string FullPath { get; }

    /// <summary>The format, by the extension.</summary>
    public PictureFormat Format => IsSvg(FullPath) ? PictureFormat.Svg : PictureFormat.Png;

    /// <summary>Whether another process writes the requested picture, so that this one has another name.</summary>
    public bool IsOtherName { get; }

    /// <summary>
    /// Reserves a path: the requested one, or <c>name-2.png</c>, <c>name-3.png</c>, … while other processes
    /// hold the names before. A picture that no running process has reserved is replaced.
    /// </summary>
    /// <param name="path">The requested path, relative to the current folder; it ends in <c>.png</c> or <c>.svg</c>.</param>
    /// <returns>The reserved path, which is released on disposal.</returns>
    /// <exception cref="HopsKafkaException">The picture cannot be written; exit code 2.</exception>
    public static PictureFile Claim(string path)
    {
        var wanted = Check(path);
        try
        {
            for (var number = 1; number <= MaxNames; number++)
            {
                var name = number == 1 ? wanted : Numbered(wanted, number);
                if (!Directory.Exists(name) && PictureLock.TryTake(name) is { } pictureLock)
                {
                    // No other process can have reserved this name.
                    DraftFile.RemoveLeft(name);
                    return new PictureFile(name, number > 1, pictureLock);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(
                path, $"its folder cannot be written ({e.Message.TrimEnd('.')})", "Choose a folder that you may write.", e);
        }

        throw Refused(path, $"other processes write it and {MaxNames - 1} names like it", "Choose another name.");
    }

    /// <summary>Replaces the picture.</summary>
    /// <param name="picture">The bytes of the new picture.</param>
    /// <exception cref="HopsKafkaException">It could not be written; the previous picture is kept.</exception>
    public void Write(ReadOnlySpan<byte> picture)
    {
        try
        {
            using var draft = new DraftFile(FullPath);
            draft.Stream.Write(picture);
            draft.Publish(overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException($"The picture {FullPath} could not be written: {e.Message}", "Check the disk and its folder.", innerException: e);
        }
    }

    /// <summary>Releases the path; the picture is kept.</summary>
    public void Dispose() => _lock.Dispose();

    private static string Check(string path)
    {
        if (!(IsSvg(path) || Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
            || Path.GetFileNameWithoutExtension(path).Length == 0)
        {
            throw Refused(path, "only PNG and SVG files can be drawn", "Give a name that ends in .png or .svg.");
        }

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw Refused(
                path.Replace("\0", "\\0", StringComparison.Ordinal), "the name holds a null character", "Choose another name.");
        }

        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw Refused(path, "it is a folder", "Choose another name.");
        }

        var folder = Path.GetDirectoryName(full)!;
        return Directory.Exists(folder)
            ? full
            : throw Refused(path, $"there is no folder {folder}", "Create the folder first, or choose another one.");
    }

    private static bool IsSvg(string path) => Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase);

    private static string Numbered(string path, int number) =>
        Path.Combine(
            Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}-{number}{Path.GetExtension(path)}");

    private static HopsKafkaException Refused(string path, string why, string remedy, Exception? inner = null) =>
        new($"The picture {path} cannot be written: {why}.", remedy, HopsKafka.Common.ExitCode.Usage, inner);
}

/// <summary>The format of a picture.</summary>
internal enum PictureFormat
{
    /// <summary>Pixels.</summary>
    Png,

    /// <summary>Vector graphics with searchable text.</summary>
    Svg,
}
