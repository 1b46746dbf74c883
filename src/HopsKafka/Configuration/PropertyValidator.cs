using System.Runtime.InteropServices;
using System.Text;
using HopsKafka.Native;

namespace HopsKafka.Configuration;

/// <summary>Validates the value of a property with librdkafka, on a temporary configuration.</summary>
internal static partial class PropertyValidator
{
    private const int Accepted = 0;

    static PropertyValidator() => LibrdkafkaLibrary.Bind(typeof(PropertyValidator).Assembly);

    /// <summary>Tries a value.</summary>
    /// <returns>The value as librdkafka understood it and null, or null and librdkafka's complaint.</returns>
    public static (string? Understood, string? Complaint) Try(string name, string value)
    {
        var conf = ConfNew();
        try
        {
            var complaint = new byte[512];
            return ConfSet(conf, name, value, complaint, (nuint)complaint.Length) == Accepted
                ? (Get(conf, name) ?? value, null)
                : (null, Text(complaint).ReplaceLineEndings(" ").Trim());
        }
        finally
        {
            ConfDestroy(conf);
        }
    }

    private static string? Get(nint conf, string name)
    {
        nuint size = 0;
        if (ConfGet(conf, name, null, ref size) != Accepted)
        {
            return null;
        }

        var value = new byte[size];
        return ConfGet(conf, name, value, ref size) == Accepted ? Text(value) : null;
    }

    private static string Text(byte[] zeroTerminated)
    {
        var end = Array.IndexOf(zeroTerminated, (byte)0);
        return Encoding.UTF8.GetString(zeroTerminated, 0, end < 0 ? zeroTerminated.Length : end);
    }

    [LibraryImport(LibrdkafkaLibrary.Name, EntryPoint = "rd_kafka_conf_new")]
    private static partial nint ConfNew();

    [LibraryImport(LibrdkafkaLibrary.Name, EntryPoint = "rd_kafka_conf_destroy")]
    private static partial void ConfDestroy(nint conf);

    [LibraryImport(LibrdkafkaLibrary.Name, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ConfSet(nint conf, string name, string value, byte[] complaint, nuint size);

    [LibraryImport(LibrdkafkaLibrary.Name, EntryPoint = "rd_kafka_conf_get", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ConfGet(nint conf, string name, byte[]? value, ref nuint size);
}
