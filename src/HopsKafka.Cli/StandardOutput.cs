using System.Runtime.InteropServices;
using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>
/// Descriptor 1, written with write(2) itself. .NET's console stream ignores EPIPE, so a closed pipe would not be
/// detected and unprinted events would count as printed; a FileStream keeps its own file position, so a shell's
/// <c>{ a; b; } &gt; file</c> would overwrite. Not thread-safe.
/// </summary>
internal sealed partial class StandardOutput
{
    private const int Eintr = 4;
    private const int Epipe = 32;
    private const short PollOut = 4;
    private const short PollError = 8;
    private const int GetFlags = 3;
    private const int AccessMode = 3;
    private const int ReadOnly = 0;
    private const int PollMilliseconds = 100;
    private const int PipeRoom = 4096;
    private const int FromHere = 1;

    private static readonly int s_eagain = OperatingSystem.IsMacOS() ? 35 : 11;

    private readonly int _descriptor;

    // A file, or /dev/null: writes never block for long, so they need neither poll(2) nor small pieces.
    private readonly bool _isFile;
    private readonly Stream? _stream;

    /// <summary>Opens it.</summary>
    /// <param name="descriptor">1, or another descriptor; the caller closes it.</param>
    /// <exception cref="HopsKafkaException">The descriptor is closed.</exception>
    internal StandardOutput(int descriptor)
    {
        _descriptor = descriptor;
        _stream = OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : null;
        _isFile = !OperatingSystem.IsWindows() && lseek(descriptor, 0, FromHere) >= 0;
        // The runtime may have reused a closed descriptor 1 for something that is open for reading only.
        if (!OperatingSystem.IsWindows() && (fcntl(descriptor, GetFlags) is var flags) && (flags < 0 || (flags & AccessMode) == ReadOnly))
        {
            throw new HopsKafkaException("Standard output is closed.", "Redirect it to a file or to /dev/null.", ExitCode.Usage);
        }
    }

    /// <summary>Uses a stream instead of a descriptor. An <see cref="IOException"/> of the stream stands for a closed pipe.</summary>
    /// <param name="stream">The stream; the caller closes it.</param>
    internal StandardOutput(Stream stream) => _stream = stream;

    /// <summary>False after the reader closed the pipe (<c>| head</c>); nothing is written from then on.</summary>
    public bool HasReader { get; private set; } = true;

    /// <summary>Writes all bytes, however slow the reader is.</summary>
    /// <param name="data">The bytes.</param>
    /// <exception cref="HopsKafkaException">The target cannot be written, for example because a disk is full.</exception>
    public void Write(ReadOnlySpan<byte> data)
    {
        var accepted = 0;
        Write(data, static () => true, ref accepted);
    }

    /// <summary>Writes, and calls the caller back while the reader is slow.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="keepWaiting">Called ten times a second while the write would block; false ends the write.</param>
    /// <param name="accepted">Increased by the number of bytes written; fewer than all if the reader closed the pipe, the caller ended
    /// the write, or it failed.</param>
    /// <exception cref="HopsKafkaException">The target cannot be written, for example because a disk is full.</exception>
    public void Write(ReadOnlySpan<byte> data, Func<bool> keepWaiting, ref int accepted)
    {
        ArgumentNullException.ThrowIfNull(keepWaiting);
        if (_stream is not null)
        {
            accepted += WriteTo(_stream, data);
            return;
        }

        while (HasReader && data.Length > 0)
        {
            if (!_isFile && !IsReady())
            {
                if (!keepWaiting())
                {
                    return;
                }

                continue;
            }

            // A pipe that is ready has room for this much: the write cannot block.
            var count = write(_descriptor, data, (nuint)(_isFile ? data.Length : Portion(data)));
            if (count < 0)
            {
                HandleError(Marshal.GetLastPInvokeError());
                continue;
            }

            accepted += (int)count;
            data = data[(int)count..];
        }
    }

    /// <summary>Notices a reader that went away, although there is nothing to write.</summary>
    public void CheckReader()
    {
        if (_stream is null && !_isFile)
        {
            var descriptor = new PollDescriptor { Descriptor = _descriptor };
            HasReader &= poll(ref descriptor, 1, 0) <= 0 || (descriptor.ReturnedEvents & PollError) == 0;
        }
    }

    // Whole lines where possible: several writers of one pipe then do not cut each other's.
    private static int Portion(ReadOnlySpan<byte> data)
    {
        if (data.Length <= PipeRoom)
        {
            return data.Length;
        }

        var lines = data[..PipeRoom].LastIndexOf((byte)'\n') + 1;
        return lines > 0 ? lines : PipeRoom;
    }

    private bool IsReady()
    {
        var descriptor = new PollDescriptor { Descriptor = _descriptor, Events = PollOut };
        return poll(ref descriptor, 1, PollMilliseconds) != 0;
    }

    private int WriteTo(Stream stream, ReadOnlySpan<byte> data)
    {
        try
        {
            stream.Write(data);
            stream.Flush();
            return data.Length;
        }
        catch (IOException)
        {
            HasReader = false;
            return 0;
        }
    }

    private void HandleError(int errno)
    {
        if (errno == Epipe)
        {
            HasReader = false;
        }
        else if (errno != Eintr && errno != s_eagain)
        {
            throw new HopsKafkaException(
                $"Standard output cannot be written: {Marshal.GetPInvokeErrorMessage(errno)}.",
                "Free disk space, or choose another target; only what was written counts as printed.");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(ref PollDescriptor descriptors, nuint count, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial long lseek(int descriptor, long offset, int from);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short ReturnedEvents;
    }
}
