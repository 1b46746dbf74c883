using System.Runtime.InteropServices;
using System.Text;

namespace HopsKafka.Native;

/// <summary>The arguments of <c>rd_kafka_produceva</c> for events of one topic; those that are the same for every event are set once. For one thread.</summary>
internal sealed unsafe class ProduceArguments : IDisposable
{
    // The order of the arguments. Constant headers follow, and the event's own is last, as it is optional.
    private const int Topic = 0, Flags = 1, Key = 2, Value = 3, Timestamp = 4, Tag = 5, Partition = 6, ConstantHeaders = 7;

    private readonly List<nint> _texts = [];
    private readonly int _header;

    /// <summary>Allocates the arguments.</summary>
    /// <param name="topic">The topic's handle.</param>
    /// <param name="headerName">The name of the event's own header.</param>
    /// <param name="constantHeaders">Headers of all events, before that one.</param>
    public ProduceArguments(nint topic, string headerName, IReadOnlyList<KeyValuePair<string, byte[]>> constantHeaders)
    {
        _header = ConstantHeaders + constantHeaders.Count;
        First = (ProduceArgument*)NativeMemory.AllocZeroed((nuint)_header + 1, (nuint)sizeof(ProduceArgument));
        First[Topic] = new ProduceArgument { Kind = ProduceArgumentKind.Topic, First = topic };
        First[Flags] = new ProduceArgument { Kind = ProduceArgumentKind.Flags, First = NativeProducer.MessageCopied };
        First[Key].Kind = ProduceArgumentKind.Key;
        First[Value].Kind = ProduceArgumentKind.Value;
        First[Timestamp].Kind = ProduceArgumentKind.Timestamp;
        First[Tag].Kind = ProduceArgumentKind.Opaque;
        First[Partition].Kind = ProduceArgumentKind.Partition;
        for (var i = 0; i < constantHeaders.Count; i++)
        {
            var (name, value) = constantHeaders[i];
            var bytes = Encoding.UTF8.GetBytes(name);
            First[ConstantHeaders + i] = new ProduceArgument { Kind = ProduceArgumentKind.Header, First = Copy(bytes), Second = Copy(value), Third = value.Length };
        }

        First[_header] = new ProduceArgument { Kind = ProduceArgumentKind.Header, First = Copy(Encoding.UTF8.GetBytes(headerName)) };
    }

    /// <summary>The first argument.</summary>
    public ProduceArgument* First { get; }

    /// <summary>Sets what an event has of its own; the addresses must stay valid until it is produced.</summary>
    /// <returns>The number of arguments.</returns>
    public nuint Set(byte* key, int keyLength, byte* value, int valueLength, byte* header, int headerLength, long timestamp, long tag, int partition)
    {
        First[Key].Set(key, keyLength);
        First[Value].Set(value, valueLength);
        First[Timestamp].First = timestamp;
        First[Tag].First = tag;
        First[Partition].First = partition;
        First[_header].Second = (long)header;
        First[_header].Third = headerLength;
        return (nuint)(headerLength > 0 ? _header + 1 : _header);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var text in _texts)
        {
            NativeMemory.Free((void*)text);
        }

        _texts.Clear();
        NativeMemory.Free(First);
    }

    // With a zero at the end, as C wants it of names.
    private nint Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        _texts.Add((nint)copy);
        return (nint)copy;
    }
}
