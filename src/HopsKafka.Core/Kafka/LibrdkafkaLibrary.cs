using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace HopsKafka.Kafka;

/// <summary>
/// Binds P/Invoke declarations named <see cref="Name"/> to the very librdkafka that Confluent.Kafka has loaded. It ships
/// several builds of the library and picks one by what the platform offers, so the file name is not known beforehand.
/// </summary>
public static class LibrdkafkaLibrary
{
    /// <summary>The library name to use in <c>[LibraryImport]</c>.</summary>
    public const string Name = "librdkafka";

    private static readonly Lazy<nint> s_handle = new(Find);
    private static readonly HashSet<Assembly> s_bound = [];

    /// <summary>Makes the P/Invoke declarations of an assembly find the loaded library; a second call does nothing.</summary>
    /// <param name="assembly">The assembly that declares them.</param>
    public static void Bind(Assembly assembly)
    {
        lock (s_bound)
        {
            if (s_bound.Add(assembly))
            {
                NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => name == Name ? s_handle.Value : nint.Zero);
            }
        }
    }

    private static nint Find()
    {
        if (!Library.IsLoaded)
        {
            Library.Load();
        }

        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            if (Path.GetFileName(module.FileName).Contains(Name, StringComparison.OrdinalIgnoreCase))
            {
                return NativeLibrary.Load(module.FileName);
            }
        }

        throw new HopsKafkaException("Confluent.Kafka has loaded no librdkafka on this platform.");
    }
}
