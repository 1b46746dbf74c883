using Confluent.Kafka.Admin;
using HopsKafka.Certificates;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Kafka;
using HopsKafka.Producer.Resuming;

namespace HopsKafka.Producer.Inputs;

/// <summary>Finds the last line of an input in each partition of the topic.</summary>
internal static class StoredLineFinder
{
    private const long FirstWindow = 1000;

    private static readonly TimeSpan s_quietPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    /// <summary>Finds them.</summary>
    /// <param name="name">The input, for messages.</param>
    /// <param name="header">The header of this run's events, but for the line.</param>
    /// <exception cref="HopsKafkaException">The topic cannot be read, another producer still sends this input, or it was sent in another way.</exception>
    public static async Task<StoredLines> FindAsync(
        HopsKafkaConfig config, ProjectCertificates certificates, string name, LineHeader header, CancellationToken stop)
    {
        using var reader = new TopicReader(config, certificates);
        ConsoleLog.Report($"Searching topic {reader.Topic} for lines of {name}.");
        var lines = new StoredLines(name, reader.Topic, header);
        var ends = await reader.ListOffsetsAsync(OffsetSpec.Latest(), header.Partitions, stop);
        await new QuiescenceWaiter(reader, lines.Add, s_quietPeriod, s_timeout).WaitAsync(
            ends, "Stop that producer first, or send the input under another name (--source).", stop);
        var beginnings = await reader.ListOffsetsAsync(OffsetSpec.Earliest(), header.Partitions, stop);
        new BackwardScan(reader, beginnings, ends, FirstWindow).Read(lines.IsFound, result => lines.Add(result), stop);
        ConsoleLog.Report(lines.Partitions == 0
            ? $"Resuming: no line of {name} was found; starting at the first."
            : $"Resuming: {lines.Partitions} of {header.Partitions} partitions have lines of {name}; the last ones are {lines.Lowest} to {lines.Highest}.");
        return lines;
    }
}
