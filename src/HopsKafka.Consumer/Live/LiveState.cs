using System.Text.Json;
using System.Text.Json.Serialization;

namespace HopsKafka.Consumer.Live;

/// <summary>What the live page shows besides the picture.</summary>
/// <param name="Member">The member id of this consumer in its group; empty without a group.</param>
/// <param name="Rate">Events per second.</param>
/// <param name="Partitions">Events of each partition.</param>
/// <param name="Sensors">The sensors that have a panel.</param>
/// <param name="Drawn">The version of the picture.</param>
internal sealed record LiveState(
    string Title, string Member, long Events, double Rate, IReadOnlyList<LivePartition> Partitions, IReadOnlyList<LiveSensor> Sensors, int Hidden, long Drawn);

/// <summary>The count of one partition.</summary>
/// <param name="Revoked">Whether it was revoked since.</param>
internal readonly record struct LivePartition(int Partition, long Events, bool Revoked);

/// <summary>One sensor of the picture.</summary>
/// <param name="Last">Its newest value, as text: JSON has no NaN.</param>
internal readonly record struct LiveSensor(string Id, string Last, long Events);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LiveState))]
internal sealed partial class LiveJson : JsonSerializerContext;
