using System.Diagnostics;
using Confluent.Kafka;
using HopsKafka.Kafka;

namespace HopsKafka.Consumer;

/// <summary>
/// Finds out that this consumer is a member of its group and holds no partition. With <c>group.protocol=consumer</c> librdkafka calls no
/// handler then, since nothing changed.
/// </summary>
/// <param name="handle">The consumer's handle.</param>
/// <param name="held">Which partitions it holds.</param>
/// <param name="found">Called each time that this is found.</param>
internal sealed class IdleMembership(Handle handle, HeldPartitions held, Action found)
{
    // A partition that another member is to give up comes with one of the next heartbeats.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(3);

    private long? _since;

    /// <summary>Looks; to be called now and then while no event comes.</summary>
    public void Look()
    {
        if (held.WereAssigned || !NativeHandle.IsGroupMember(handle))
        {
            _since = null;
            return;
        }

        _since ??= Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(_since.Value) > s_grace)
        {
            held.Assign([]);
            found();
        }
    }
}
