using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace HopsKafka.Native;

/// <summary>Functions of librdkafka that Confluent.Kafka does not offer, for a client that it created.</summary>
internal static partial class NativeHandle
{
    private const int PurgeQueue = 1;
    private const int NonBlocking = 4;
    private const int TextSize = 512;

    static NativeHandle() => LibrdkafkaLibrary.Bind(typeof(NativeHandle).Assembly);

    /// <summary>
    /// Purges all events in the queue; their delivery reports have the error <see cref="ErrorCode.Local_PurgeQueue"/>. Events in flight are not
    /// purged.
    /// </summary>
    /// <param name="wait">Whether to wait for the end of the purge; not within a callback.</param>
    public static void Purge(Handle handle, bool wait) => _ = rd_kafka_purge(Client(handle), wait ? PurgeQueue : PurgeQueue | NonBlocking);

    /// <summary>
    /// The client's fatal error. It is available before the delivery reports of the events that fail with it; the error event follows them.
    /// </summary>
    /// <returns><see cref="ErrorCode.NoError"/> if there is none.</returns>
    public static ErrorCode FatalError(Handle handle) => (ErrorCode)rd_kafka_fatal_error(Client(handle), 0, 0);

    /// <summary>The client's fatal error with its text.</summary>
    internal static Error FatalErrorOf(nint client)
    {
        var text = Marshal.AllocHGlobal(TextSize);
        var code = (ErrorCode)rd_kafka_fatal_error(client, text, TextSize);
        var error = new Error(code, Marshal.PtrToStringUTF8(text), isFatal: true);
        Marshal.FreeHGlobal(text);
        return error;
    }

    /// <summary>Whether a consumer with <c>group.protocol=consumer</c> is a member of its group, with or without partitions.</summary>
    /// <returns>True from the coordinator's first response until the member is fenced.</returns>
    public static bool IsGroupMember(Handle handle)
    {
        var metadata = rd_kafka_consumer_group_metadata(Client(handle));
        if (metadata == 0)
        {
            return false;
        }

        // With group.protocol=consumer this is the member's epoch.
        var epoch = rd_kafka_consumer_group_metadata_generation_id(metadata);
        rd_kafka_consumer_group_metadata_destroy(metadata);
        return epoch > 0;
    }

    /// <summary>Sets the log level of a client. Lines above the level cost almost nothing.</summary>
    /// <param name="level">A syslog level: 6 for information, 7 to add the contexts of the property <c>debug</c>.</param>
    public static void SetLogLevel(Handle handle, int level) => rd_kafka_set_log_level(Client(handle), level);

    // The property is internal to Confluent.Kafka; a test fails if an update renames it.
    internal static nint Client(Handle handle)
    {
        var property = typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic);
        var safe = (SafeHandle?)property?.GetValue(handle);
        return safe?.DangerousGetHandle() ?? throw new MissingMemberException(nameof(Handle), "LibrdkafkaHandle");
    }

    [LibraryImport(LibrdkafkaLibrary.Name)]
    private static partial int rd_kafka_purge(nint client, int flags);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    private static partial nint rd_kafka_consumer_group_metadata(nint client);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    private static partial int rd_kafka_consumer_group_metadata_generation_id(nint metadata);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    private static partial void rd_kafka_consumer_group_metadata_destroy(nint metadata);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    private static partial void rd_kafka_set_log_level(nint client, int level);

    [LibraryImport(LibrdkafkaLibrary.Name)]
    private static partial int rd_kafka_fatal_error(nint client, nint text, nuint size);
}
