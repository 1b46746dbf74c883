using System.Text;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Consumer;

/// <summary>A file whose first line has 600 MB; it takes no room on the disk.</summary>
internal static class LongLine
{
    public const long MostMemory = 400_000_000;

    public static string Write(TempDir dir, string name, string nextLine)
    {
        var path = dir.Write(name, "");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(600_000_000);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes($"\n{nextLine}\n"));
        return path;
    }
}
