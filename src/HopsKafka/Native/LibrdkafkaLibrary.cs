using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using HopsKafka.Common;

namespace HopsKafka.Native;

/// <summary>
/// Loads the librdkafka of this process: one of the builds shipped with the program, never one installed on the machine. The first build may
/// require libraries that a distribution lacks; .NET's own search would then load an installed librdkafka of any version.
/// </summary>
internal static class LibrdkafkaLibrary
{
    /// <summary>The library name to use in <c>[LibraryImport]</c>.</summary>
    public const string Name = "librdkafka";

    // The first requires Red Hat's SASL library, the second only glibc, the third is for musl.
    private static readonly string[] s_builds = [Name, "centos8-librdkafka", "alpine-librdkafka"];
    private static readonly Lazy<nint> s_handle = new(Find);
    private static readonly HashSet<Assembly> s_bound = [];

    /// <summary>
    /// Sets the library for the P/Invoke declarations of an assembly and of Confluent.Kafka. To be called before Confluent.Kafka creates its
    /// first client; further calls do nothing.
    /// </summary>
    public static void Bind(Assembly assembly)
    {
        lock (s_bound)
        {
            foreach (var each in new[] { assembly, typeof(Library).Assembly }.Where(s_bound.Add))
            {
                NativeLibrary.SetDllImportResolver(each, (name, _, _) => s_builds.Contains(name) ? s_handle.Value : nint.Zero);
            }
        }
    }

    private static nint Find()
    {
        var extension = OperatingSystem.IsWindows() ? "dll" : OperatingSystem.IsMacOS() ? "dylib" : "so";
        var files = from build in s_builds
                    from folder in Folders()
                    let file = Path.Combine(folder, $"{build}.{extension}")
                    where File.Exists(file)
                    select file;
        var found = files.ToList();
        foreach (var file in found)
        {
            if (NativeLibrary.TryLoad(file, out var handle))
            {
                return handle;
            }
        }

        throw new HopsKafkaException(
            found.Count == 0
                ? $"The program does not include librdkafka for this platform ({RuntimeInformation.RuntimeIdentifier})."
                : $"No librdkafka of the program can be loaded on this platform ({RuntimeInformation.RuntimeIdentifier}): {string.Join(", ", found)}.",
            "Build the program on the platform that it runs on, or for its runtime identifier (dotnet publish -r).");
    }

    private static string[] Folders() =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? AppContext.BaseDirectory)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
}
