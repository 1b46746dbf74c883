using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace HopsKafka.Native;

/// <summary>librdkafka calls that Confluent.Kafka does not offer, on a client that it made.</summary>
internal static partial class NativeHandle
{
    private const int PurgeQueue = 1;
    private const int NonBlocking = 4;
    private const int TextSize = 512;

    static NativeHandle() => LibrdkafkaLibrary.Bind(typeof(NativeHandle).Assembly);

    /// <summary>
    /// Takes back all events that still wait in the queue; their delivery reports say <see cref="ErrorCode.Local_PurgeQueue"/>.
    /// What is already on its way to a broker is left to its fate.
    /// </summary>
    /// <param name="wait">Whether to wait until it is done; not from within a callback.</param>
    public static void Purge(Handle handle, bool wait) => _ = rd_kafka_purge(Client(handle), wait ? PurgeQueue : PurgeQueue | NonBlocking);

    /// <summary>
    /// The failure after which a client can never work again. Known here before the reports of the events that it cost; the error
    /// event follows them.
    /// </summary>
    /// <returns><see cref="ErrorCode.NoError"/> while there is none.</returns>
    public static ErrorCode FatalError(Handle handle) => (ErrorCode)rd_kafka_fatal_error(Client(handle), 0, 0);

    /// <summary>The failure after which a client can never work again, with its text.</summary>
    internal static Error FatalErrorOf(nint client)
    {
        var text = Marshal.AllocHGlobal(TextSize);
        var code = (ErrorCode)rd_kafka_fatal_error(client, text, TextSize);
        var error = new Error(code, Marshal.PtrToStringUTF8(text), isFatal: true);
        Marshal.FreeHGlobal(text);
        return error;
    }

    /// <summary>Whether a consumer with <c>group.protocol=consumer</c> is a member of its group, be it with no partition.</summary>
    /// <returns>True from the coordinator's first answer on, until the member is fenced.</returns>
    public static bool IsGroupMember(Handle handle)
    {
        var metadata = rd_kafka_consumer_group_metadata(Client(handle));
        if (metadata == 0)
        {
            return false;
        }

        // The member's epoch.
        var epoch = rd_kafka_consumer_group_metadata_generation_id(metadata);
        rd_kafka_consumer_group_metadata_destroy(metadata);
        return epoch > 0;
    }

    /// <summary>Sets how much a client writes into its log. Lines above the level cost next to nothing.</summary>
    /// <param name="level">A level of syslog: 6 for information, 7 for what the property <c>debug</c> chooses as well.</param>
    public static void SetLogLevel(Handle handle, int level) => rd_kafka_set_log_level(Client(handle), level);

    // Confluent.Kafka keeps the handle to itself; a test fails when an update renames it.
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
