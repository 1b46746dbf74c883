using System.Text;
using Confluent.Kafka;
using HopsKafka.Native;
using HopsKafka.Sensors;

namespace HopsKafka.Producer.Resuming;

/// <summary>
/// The latest step of each sensor among the events that were read. Events of other sensors or seeds, and those without the header,
/// are passed over.
/// </summary>
internal sealed class LastSteps
{
    // No run gets further: its first step and its events are 2^53 at most.
    private const long HighestStep = 1L << 54;

    private readonly long _seed;
    private readonly Dictionary<string, SensorState> _tracks;
    private readonly Dictionary<int, long> _last = [];
    private readonly HashSet<int>[] _seen;
    private readonly int[] _homes;
    private readonly int[] _missingAtHome;

    /// <summary>Starts with nothing.</summary>
    /// <param name="partitions">How many partitions the topic has.</param>
    public LastSteps(IReadOnlyList<SensorState> tracks, long seed, int partitions)
    {
        _seed = seed;
        _tracks = tracks.ToDictionary(track => track.Id);
        _seen = [.. Enumerable.Range(0, partitions).Select(_ => new HashSet<int>())];
        _homes = [.. tracks.Select(track => KeyPartitioner.PartitionOf(track.Key, partitions))];
        _missingAtHome = new int[partitions];
        foreach (var home in _homes)
        {
            _missingAtHome[home]++;
        }
    }

    /// <summary>The last step of each sensor that was found, by the sensor's number.</summary>
    public IReadOnlyDictionary<int, long> Found => _last;

    /// <summary>How many of the sensors whose events go to a partition were not found there yet.</summary>
    public int MissingAtHome(int partition) => _missingAtHome[partition];

    /// <summary>The sensors that were not found in the partition where their events go.</summary>
    public IReadOnlyList<int> Strays() => [.. Enumerable.Range(0, _homes.Length).Where(sensor => !_seen[_homes[sensor]].Contains(sensor))];

    /// <summary>Whether events of all these sensors were found in a partition.</summary>
    public bool HasAll(int partition, IReadOnlyList<int> sensors) => sensors.All(_seen[partition].Contains);

    /// <summary>Takes an event.</summary>
    /// <returns>Its sensor; null when it is none of the run's.</returns>
    public SensorState? Take(ConsumeResult<byte[], byte[]> result)
    {
        if (result.Message.Key is not { } key || !StepHeader.TryFind(result.Message.Headers, out var header) || header.Seed != _seed
            || header.Step is < 0 or >= HighestStep || !_tracks.TryGetValue(Encoding.UTF8.GetString(key), out var track))
        {
            return null;
        }

        var partition = result.Partition.Value;
        _last[track.Index] = Math.Max(header.Step, _last.GetValueOrDefault(track.Index));
        if (_seen[partition].Add(track.Index) && _homes[track.Index] == partition)
        {
            _missingAtHome[partition]--;
        }

        return track;
    }
}
