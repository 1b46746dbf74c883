using System.Text;
using HopsKafka.Common;

namespace HopsKafka.Tool.Init;

/// <summary>
/// Files that only the user may read, written all or none: what exists is never overwritten, and when one cannot be written those
/// before it are deleted again.
/// </summary>
internal sealed class NewFiles
{
    private readonly List<(string Path, ReadOnlyMemory<byte> Content)> _files = [];

    /// <summary>The paths, in the order in which they were added.</summary>
    public IEnumerable<string> Paths => _files.Select(f => f.Path);

    /// <summary>Refuses when one of the paths exists.</summary>
    /// <param name="paths">Absolute paths.</param>
    /// <exception cref="HopsKafkaException">Something is there already.</exception>
    public static void RefuseExisting(IEnumerable<string> paths)
    {
        var existing = paths.Where(Path.Exists).Select(ShortPath.Of).ToList();
        if (existing.Count > 0)
        {
            throw new HopsKafkaException(
                $"Nothing was written, because {string.Join(", ", existing)} {(existing.Count == 1 ? "exists" : "exist")} already.",
                "Choose another folder with --dir, or move the existing files.",
                ExitCode.Usage);
        }
    }

    /// <summary>Adds a file.</summary>
    /// <param name="path">Absolute path.</param>
    public void Add(string path, ReadOnlyMemory<byte> content) => _files.Add((path, content));

    /// <summary>Adds a text file.</summary>
    /// <param name="path">Absolute path.</param>
    public void Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes them.</summary>
    /// <exception cref="HopsKafkaException">One exists or cannot be written; none is left behind.</exception>
    public void Write()
    {
        RefuseExisting(Paths);
        var undo = new Stack<Action>();
        try
        {
            foreach (var (path, content) in _files)
            {
                MakeFolder(Path.GetDirectoryName(path)!, undo);
                Write(path, content.Span, undo);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            while (undo.TryPop(out var step))
            {
                step();
            }

            throw new HopsKafkaException(
                $"Nothing was written: {e.Message}", "Choose a folder that you may write to with --dir.", ExitCode.Failed, e);
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content, Stack<Action> undo)
    {
        using var file = new FileStream(path, OwnerOnly.NewFile());
        undo.Push(() => File.Delete(path));
        file.Write(content);
    }

    private static void MakeFolder(string folder, Stack<Action> undo)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        MakeFolder(Path.GetDirectoryName(folder)!, undo);
        OwnerOnly.MakeFolder(folder);
        undo.Push(() => Directory.Delete(folder));
    }
}
