using System.Globalization;
using System.Runtime.InteropServices;

namespace HopsKafka.Sandbox;

/// <summary>The identity of a file or folder, independent of its name.</summary>
/// <param name="Id">Device and inode; where the system has no statx(2), its creation time.</param>
/// <param name="IsOwn">Whether it belongs to the user of this process; true where the system does not say.</param>
internal readonly partial record struct FileIdentity(string Id, bool IsOwn)
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint UserAndInode = 0x8 | 0x100;

    // struct statx is the same on all of Linux' architectures.
    private const int Size = 256;
    private const int UserAt = 20;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    /// <summary>Reads the identity; a symbolic link is not followed.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileIdentity Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new FileIdentity(Directory.GetCreationTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture), IsOwn: true);
        }

        Span<byte> status = stackalloc byte[Size];
        if (statx(CurrentFolder, path, NoFollow, UserAndInode, ref MemoryMarshal.GetReference(status)) != 0)
        {
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        var (major, minor) = (Number(status[DeviceAt..]), Number(status[(DeviceAt + sizeof(uint))..]));
        var inode = MemoryMarshal.Read<ulong>(status[InodeAt..]);
        return new FileIdentity(string.Create(CultureInfo.InvariantCulture, $"{major}:{minor}:{inode}"), Number(status[UserAt..]) == geteuid());
    }

    private static uint Number(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<uint>(bytes);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc")]
    private static partial uint geteuid();
}
