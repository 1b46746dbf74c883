using System.Text;
using Confluent.Kafka;
using HopsKafka.Native;
using HopsKafka.Sensors;

namespace HopsKafka.Producer.Resuming;

/// <summary>
/// The highest step of each sensor among the events that were read. Events of other sensors or seeds, and events without the header,
/// are ignored.
/// </summary>
internal sealed class LastSteps
{
    // The first step and the number of events are at most 2^53 each.
    private const long HighestStep = 1L << 54;

    private readonly long _seed;
    private readonly Dictionary<string, SensorState> _sensors;
    private readonly Dictionary<int, long> _last = [];
    private readonly HashSet<int>[] _seen;
    private readonly int[] _partitionOf;
    private readonly int[] _missing;

    /// <summary>Starts without any event.</summary>
    /// <param name="partitions">Number of partitions of the topic.</param>
    public LastSteps(IReadOnlyList<SensorState> sensors, long seed, int partitions)
    {
        _seed = seed;
        _sensors = sensors.ToDictionary(sensor => sensor.Id);
        _seen = [.. Enumerable.Range(0, partitions).Select(_ => new HashSet<int>())];
        _partitionOf = [.. sensors.Select(sensor => KeyPartitioner.PartitionOf(sensor.Key, partitions))];
        _missing = new int[partitions];
        foreach (var partition in _partitionOf)
        {
            _missing[partition]++;
        }
    }

    /// <summary>The last step of each sensor that was found, by the sensor's index.</summary>
    public IReadOnlyDictionary<int, long> Found => _last;

    /// <summary>Number of sensors whose key belongs to a partition, but that were not found there yet.</summary>
    public int CountMissing(int partition) => _missing[partition];

    /// <summary>The indexes of the sensors that were not found in the partition of their key.</summary>
    public IReadOnlyList<int> FindMissing() => [.. Enumerable.Range(0, _partitionOf.Length).Where(sensor => !_seen[_partitionOf[sensor]].Contains(sensor))];

    /// <summary>Whether events of all these sensors were found in a partition.</summary>
    public bool HasAll(int partition, IReadOnlyList<int> sensors) => sensors.All(_seen[partition].Contains);

    /// <summary>Adds an event.</summary>
    /// <returns>Its sensor; null if it is not an event of this run.</returns>
    public SensorState? Add(ConsumeResult<byte[], byte[]> result)
    {
        if (result.Message.Key is not { } key || !StepHeader.TryFind(result.Message.Headers, out var header) || header.Seed != _seed
            || header.Step is < 0 or >= HighestStep || !_sensors.TryGetValue(Encoding.UTF8.GetString(key), out var sensor))
        {
            return null;
        }

        var partition = result.Partition.Value;
        _last[sensor.Index] = Math.Max(header.Step, _last.GetValueOrDefault(sensor.Index));
        if (_seen[partition].Add(sensor.Index) && _partitionOf[sensor.Index] == partition)
        {
            _missing[partition]--;
        }

        return sensor;
    }
}
