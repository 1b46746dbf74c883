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
    /// <param name="source">The input.</param>
    /// <param name="storage">The option that says which stores its rows go to; null for no rows.</param>
    /// <exception cref="HopsKafkaException">The topic cannot be read, another producer still sends this input, or it was sent in another way.</exception>
    public static async Task<StoredLines> FindAsync(
        HopsKafkaConfig config, ProjectCertificates certificates, InputEventSource source, string? storage, CancellationToken stop)
    {
        var (name, header) = (source.SourceName, source.Header);
        using var reader = new TopicReader(config, certificates);
        ConsoleLog.Report($"Searching topic {reader.Topic} for lines of {name}.");
        var lines = new StoredLines(name, reader.Topic, header, source.OtherStores);
        var ends = await reader.ListOffsetsAsync(OffsetSpec.Latest(), header.Partitions, stop);
        await new QuiescenceWaiter(reader, lines.Add, s_quietPeriod, s_timeout).WaitAsync(
            ends, "Stop that producer first, or send the input under another name (--source).", stop);
        var beginnings = await reader.ListOffsetsAsync(OffsetSpec.Earliest(), header.Partitions, stop);
        new BackwardScan(reader, beginnings, ends, FirstWindow).Read(lines.IsFound, result => lines.Add(result), stop);
        ConsoleLog.Report(lines.Partitions == 0
            ? $"Resuming: no line of {name} was found; starting at the first."
            : $"Resuming: {lines.Partitions} of {header.Partitions} partitions have lines of {name}; the last ones are {lines.Lowest} to {lines.Highest}.");
        if (lines is { Partitions: 0, OtherStorage: { } other })
        {
            ConsoleLog.Info($"{reader.Topic} has rows of {name} that were sent with {other}. They do not count for {storage}: all rows are sent. To continue that run, use its option.");
        }

        return lines;
    }
}
