using System.Text.Json;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Consumer.DecodeErrors;

/// <summary>Handles the events that cannot be decoded, by the option --on-error.</summary>
/// <param name="schemaOf">The writer's schema of an event if known, for its dead letter.</param>
/// <param name="commits">Whether the run commits offsets to its group.</param>
internal sealed class DecodeErrorHandler(ErrorPolicy policy, Func<ConsumeResult<byte[], byte[]>, string?> schemaOf, bool commits, CancellationToken stop = default) : IDisposable
{
    private readonly WarningLimiter _warnings = new();
    private readonly DeadLetterFile? _file = policy.File is { } path ? Open(path, stop) : null;
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _count;

    /// <summary>Number of events that were skipped or written to the file.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Whether the run failed because of them.</summary>
    public bool HasFailed => policy.FailOnSkip && Count > 0;

    /// <summary>Handles an event. After it returns, the event may be committed.</summary>
    /// <param name="failure">The error.</param>
    /// <exception cref="HopsKafkaException">The option is stop, or the dead-letter file cannot be written.</exception>
    public void Handle(ConsumeResult<byte[], byte[]> result, BadMessageException failure)
    {
        var (partition, offset) = (result.Partition.Value, result.Offset.Value);
        var place = new LogFields(Topic: result.Topic, Partition: partition, Offset: offset);
        var where = $"{result.Topic} [{partition}] offset {offset}";
        if (policy.Kind == ErrorPolicyKind.Stop)
        {
            throw new HopsKafkaException(
                $"The event at {where} cannot be decoded: {failure.Message}",
                $"{(commits ? "It was not committed, so the group reads it again. " : "")}To continue after it, use --from {partition}:{offset + 1}, --on-error skip, or "
                + "--on-error dead-letter FILE to keep it.",
                innerException: failure)
            {
                Fields = place,
            };
        }

        var reason = failure.ReasonName;
        _file?.Add(DeadLetter.From(result, reason, failure.Message) with { Schema = schemaOf(result) });
        _counts[reason] = _counts.GetValueOrDefault(reason) + 1;
        Interlocked.Increment(ref _count);
        _warnings.Warn($"{(_file is null ? "Skipped" : $"To {policy.File}:")} {where}: {failure.Message}", reason, place);
    }

    /// <summary>Reports at the end how many events could not be decoded, by kind of error.</summary>
    public void Report()
    {
        if (Count > 0)
        {
            var kinds = string.Join(", ", _counts.Select(c => $"{c.Key} {c.Value}"));
            ConsoleLog.Report($"{(_file is null ? "Skipped" : $"To {policy.File}:")} {Count} that could not be decoded ({kinds}).");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static DeadLetterFile Open(string path, CancellationToken stop)
    {
        var file = DeadLetterFile.Append(path, "--on-error dead-letter", stop);
        if (DeadLetterFile.CountLines(path) is > 0 and var letters)
        {
            ConsoleLog.Warning(
                $"{path} already contains {letters} dead letter{(letters == 1 ? "" : "s")}; further ones are appended.",
                WarningCodes.DeadLetterFileNotEmpty,
                remedy: "avro-producer --replay sends all letters of the file. If these were sent already, use another file.",
                fields: new LogFields(path));
        }

        return file;
    }
}
