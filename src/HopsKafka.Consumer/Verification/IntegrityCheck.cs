using System.Text;
using Confluent.Kafka;
using HopsKafka.Kafka;
using HopsKafka.Sensors;

namespace HopsKafka.Consumer.Verification;

/// <summary>
/// Checks by the headers hops-step and hops-line that each sensor's series and each input is complete and in order. An offset that is read
/// again after a rebalance is only counted in <see cref="ReadAgain"/>.
/// </summary>
internal sealed class IntegrityCheck
{
    private readonly Dictionary<(string Sensor, long Seed), SensorStepTracker> _sensors = [];
    private readonly Dictionary<ulong, InputLineTracker> _inputs = [];
    private readonly Dictionary<int, long> _newest = [];

    /// <summary>Events without either header.</summary>
    public long WithoutStep { get; private set; }

    /// <summary>Events that were read again.</summary>
    public long ReadAgain { get; private set; }

    /// <summary>The sensors, by name.</summary>
    public IEnumerable<SensorStepTracker> Sensors =>
        _sensors.Values.OrderBy(t => t.Sensor, HopsKafka.Common.NaturalOrder.Instance).ThenBy(t => t.Seed);

    /// <summary>The inputs, in the order of their names' hashes.</summary>
    public IEnumerable<InputLineTracker> Inputs => _inputs.OrderBy(input => input.Key).Select(input => input.Value);

    /// <summary>Whether no series and no input has a gap or is out of order, and no line is stored twice.</summary>
    public bool IsSound => _sensors.Values.All(t => t.IsSound) && _inputs.Values.All(t => t.IsSound);

    /// <summary>Adds an event.</summary>
    public void Add(ConsumeResult<byte[], byte[]> result)
    {
        var (partition, offset) = (result.Partition.Value, result.Offset.Value);
        if (_newest.TryGetValue(partition, out var newest) && offset <= newest)
        {
            ReadAgain++;
            return;
        }

        _newest[partition] = offset;
        if (LineHeader.TryFind(result.Message.Headers, out var line))
        {
            if (!_inputs.TryGetValue(line.Source, out var input))
            {
                _inputs.Add(line.Source, input = new InputLineTracker(line.Source));
            }

            input.Add(partition, line);
            return;
        }

        if (result.Message.Key is not { } key || !StepHeader.TryFind(result.Message.Headers, out var header))
        {
            WithoutStep++;
            return;
        }

        var name = (Encoding.UTF8.GetString(key), header.Seed);
        if (!_sensors.TryGetValue(name, out var sensor))
        {
            _sensors.Add(name, sensor = new SensorStepTracker(name.Item1, name.Seed));
        }

        sensor.Add(partition, header.Step);
    }

    /// <summary>Partitions were revoked: other members may read the following steps.</summary>
    public void Interrupt(IReadOnlyCollection<int> partitions)
    {
        foreach (var sensor in _sensors.Values)
        {
            foreach (var partition in partitions)
            {
                sensor.Interrupt(partition);
            }
        }
    }
}
