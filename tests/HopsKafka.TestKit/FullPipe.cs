using System.Runtime.InteropServices;
using System.Text;
using HopsKafka.Common;

namespace HopsKafka.TestKit;

/// <summary>A named pipe that is full: a write blocks until somebody reads.</summary>
public sealed partial class FullPipe : IDisposable
{
    private const byte Filler = (byte)'x';
    private const int ReadWrite = 2;
    private const int OwnerOnly = 0x180;

    private static readonly int s_nonBlocking = OperatingSystem.IsMacOS() ? 4 : 2048;

    private readonly int _descriptor;

    /// <summary>Makes it, and fills it to the last byte.</summary>
    public FullPipe(string path)
    {
        Path = path;
        Assert.Equal(0, mkfifo(path, OwnerOnly));
        _descriptor = open(path, ReadWrite | s_nonBlocking);
        Assert.True(_descriptor >= 0, $"{path} cannot be opened.");
        byte[] page = [.. Enumerable.Repeat(Filler, 4096)];
        while (write(_descriptor, page, (nuint)page.Length) > 0)
        {
        }

        while (write(_descriptor, page, 1) > 0)
        {
        }
    }

    public string Path { get; }

    /// <summary>Reads what is there, without what filled it.</summary>
    public string Read()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        for (nint count; (count = read(_descriptor, buffer, (nuint)buffer.Length)) > 0;)
        {
            text.Append(Encoding.UTF8.GetString(buffer.AsSpan(0, (int)count).TrimStart(Filler)));
        }

        return text.ToString();
    }

    public void Dispose() => _ = close(_descriptor);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkfifo(string path, uint mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> buffer, nuint count);

    [LibraryImport("libc")]
    private static partial nint read(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
