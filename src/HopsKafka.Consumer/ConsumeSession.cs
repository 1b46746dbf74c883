using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using HopsKafka.Avro;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Consumer.DecodeErrors;
using HopsKafka.Consumer.Decoding;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Consumer.Positions;
using HopsKafka.Consumer.Statistics;
using HopsKafka.Consumer.Verification;
using HopsKafka.Diagnostics;
using HopsKafka.Hopsworks;
using HopsKafka.Kafka;
using HopsKafka.Native;

namespace HopsKafka.Consumer;

/// <summary>A consumer from its first connection to its last word: finds the topic, reads, leaves the group, and reports.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="diagnosis">Says why brokers cannot be used.</param>
/// <param name="filter">Says which of them are shown.</param>
/// <param name="desk">Takes those that cannot be decoded.</param>
internal sealed class ConsumeSession(
    ConsumeRequest request,
    HopsKafkaConfig config,
    ConsumerConfig settings,
    BrokerDiagnosis diagnosis,
    EventDecoder decoder,
    EventFilter filter,
    EventCounts counts,
    DecodeErrorHandler desk,
    RunStatistics statistics) : IAsyncDisposable
{
    // A registry that is slower than this is asked at the first event.
    private static readonly TimeSpan s_registryTime = TimeSpan.FromSeconds(2);

    private readonly ConnectionMonitor _watch = new(ConsoleLog.Logger);
    private readonly AssignedPartitions _held = new(config.Kafka.Topic, settings.GroupId, request.Positions.Commits);
    private readonly IntegrityCheck? _integrity = request.Verify ? new IntegrityCheck() : null;
    private readonly ConsumptionReport _report = new(config.Kafka.Topic, counts, request.Positions.Commits);
    private readonly GroupExit _exit = new();
    private StartOffsets? _starts;
    private Watermarks? _marks;
    private IReadOnlyList<int> _partitions = [];
    private GroupStatusReporter? _notice;
    private NativeConsumer? _poll;
    private EventReader? _reader;
    private bool _begun;
    private volatile bool _isLeaving;

    /// <summary>Runs.</summary>
    /// <param name="checking">First questions to the registry: what it refuses would make every event unreadable, and the options may not fit the topic's schema, which they find.</param>
    public async Task<int> RunAsync(Task<AvroType?> checking, CancellationToken stop)
    {
        var consumer = KafkaClientConfig.Build(config, ConsoleLog.Logger, () => Build(stop));
        using var sink = request.Output.Sink(request.Quiet || request.Verify);
        var clock = Stopwatch.StartNew();
        var left = false;
        try
        {
            _reader = Prepare(consumer, sink, stop);
            await CheckRegistryAsync(checking);
            Begin(consumer);
            await using var reporter = request.StatisticsEvery is { } every ? new StatisticsReporter(statistics, every) : null;
            var rate = new EventRate(clock);
            using var progress = request.Quiet
                ? new ProgressLine(() => $"{counts.Printed} events, {rate.Update(counts.Printed):0} events/s")
                : null;
            Read(consumer, stop);
            sink.Finish(checking.IsCompletedSuccessfully ? await checking : null, () => !stop.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            ConsoleLog.Report("Stopped before the first event.");
        }
        finally
        {
            left = await LeaveAsync(consumer, clock);
        }

        var isSound = ReportIntegrity();
        return left && isSound && !desk.HasFailed ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_notice is not null)
        {
            await _notice.DisposeAsync();
        }
    }

    // KIP-848, and a group to be a member of.
    private bool IsIncremental => request.Positions.JoinsGroup
        && string.Equals(settings.Get("group.protocol"), "consumer", StringComparison.OrdinalIgnoreCase);

    private EventReader Prepare(IConsumer<byte[], byte[]> consumer, EventSink sink, CancellationToken stop)
    {
        var metadata = TopicProbe.Find(consumer.Handle, _watch, _held.Topic, diagnosis, stop);
        diagnosis.CheckAdvertised(metadata);
        var all = metadata.Topics.Single(t => t.Topic == _held.Topic).Partitions.Select(p => p.PartitionId).Order().ToList();
        var partitions = _partitions = request.Positions.Partitions ?? all;
        if (partitions.Except(all).ToList() is [var absent, ..])
        {
            throw new HopsKafkaException(
                $"Topic {_held.Topic} has no partition {absent}, only {string.Join(", ", all)}.", "Correct --partition.", ExitCode.Usage);
        }

        var marks = _marks = new Watermarks(consumer, _held.Topic);
        _starts = StartOffsets.Of(request.Positions.From, marks, _held.Topic, partitions);
        EmptyRange.Warn(request.Positions, _starts, marks, _held.Topic, partitions);
        FutureEnd.Report(request.Positions.Until, marks, _held.Topic, partitions);
        _notice = new GroupStatusReporter(consumer, _held.Topic, _held.Group, all.Count);
        var patient = new RetryingDecoder(decoder, consumer, _held)
        {
            BeforeWait = token => _reader!.Flush(token),
            Meanwhile = () => _reader!.KeepMembership(),
        };
        var ends = request.Positions.Until is { } until ? EndOffsets.Of(until, marks, _held.Topic, partitions) : null;
        var end = new EndCondition(_held)
        {
            Offsets = ends,
            Group = ends is null ? null : new GroupProgress(consumer, marks, ends, _held.Topic, partitions),
            MaxEvents = request.MaxEvents,
            IdleExit = request.Positions.IdleExit,
        };
        _poll = new NativeConsumer(consumer.Handle, _held.Topic);
        var reader = new EventReader(consumer, _held, patient, sink, counts, desk, _watch, _poll, end)
        {
            Filter = filter,
            Integrity = _integrity,
            Meanwhile = IsIncremental ? new IdleMembership(consumer.Handle, _held, _notice.Look).Look : null,
        };
        statistics.Attach(consumer, _held, _watch);
        _watch.StartReporting();
        return reader;
    }

    // What the registry refuses now it will refuse at the first event; while it is away, there may be none.
    private static async Task CheckRegistryAsync(Task checking)
    {
        await Task.WhenAny(checking, Task.Delay(s_registryTime));
        if (checking.Exception?.InnerException is { } refused and IHopsKafkaError and not HopsworksException { IsTransient: true })
        {
            throw refused;
        }
    }

    private void Begin(IConsumer<byte[], byte[]> consumer)
    {
        _begun = true;
        if (!request.Positions.JoinsGroup)
        {
            _held.Take(_partitions);
            return;
        }

        ConsoleLog.Report($"Consuming topic {_held.Topic} in group {_held.Group}. Press Ctrl-c to exit.", new LogFields(Topic: _held.Topic, Group: _held.Group));
        consumer.Subscribe(_held.Topic);
    }

    private void Read(IConsumer<byte[], byte[]> consumer, CancellationToken stop)
    {
        var direct = new DirectReading(consumer, _poll!, _held, _partitions, _reader!);
        if (request.Positions.Tail is { } tail)
        {
            direct.Run(tail, _marks!, counts, stop);
        }
        else if (request.Positions.JoinsGroup)
        {
            _reader!.Run(stop);
        }
        else
        {
            direct.Run(_starts!, stop);
        }
    }

    private IConsumer<byte[], byte[]> Build(CancellationToken stop) =>
        new ConsumerBuilder<byte[], byte[]>(settings)
            .SetErrorHandler((_, error) => _watch.OnError(error))
            .SetLogHandler((_, message) => _watch.OnLog(message))
            .SetPartitionsAssignedHandler((consumer, partitions) =>
            {
                if (_isLeaving)
                {
                    // What another member left behind comes to this one while it leaves as well: it reads nothing of it.
                    return _starts!.For(partitions);
                }

                _held.Assign(partitions);
                counts.Feed?.Assign(consumer.MemberId ?? "", partitions.Select(p => p.Partition.Value));
                _poll!.ForwardPartitions(partitions.Select(p => p.Partition.Value));
                _notice?.Look();
                return _starts!.For(partitions);
            })
            .SetPartitionsRevokedHandler((consumer, partitions) => GiveUp(consumer, partitions, lost: false, stop))
            .SetPartitionsLostHandler((consumer, partitions) => GiveUp(consumer, partitions, lost: true, stop))
            .SetOffsetsCommittedHandler((_, committed) =>
            {
                statistics.OnCommitted(committed);
                _exit.OnCommitted(committed);
            })
            .Build();

    private void GiveUp(IConsumer<byte[], byte[]> consumer, List<TopicPartitionOffset> partitions, bool lost, CancellationToken stop)
    {
        _reader?.GiveUp([.. partitions.Select(p => p.Partition.Value)], stop);
        _held.Revoke(partitions.Select(p => p.TopicPartition), lost, consumer);
        counts.Feed?.Revoke(partitions.Select(p => p.Partition.Value));
    }

    // Commits the stored offsets and leaves the group, so that the others need not wait for a time-out.
    private async Task<bool> LeaveAsync(IConsumer<byte[], byte[]> consumer, Stopwatch clock)
    {
        await DisposeAsync();
        await statistics.DetachAsync();
        _isLeaving = true;
        _poll?.Dispose();
        // The last picture shows what was held: what is given up by leaving is not revoked.
        counts.Feed = null;
        var commits = request.Positions.Commits && _held.Partitions.Count > 0;
        _report.Keep(_held.Partitions);
        var left = _exit.TryLeave(consumer, commits, () => _report.Look(consumer));
        if (_begun)
        {
            _report.Tell(clock.Elapsed);
            desk.Report();
            request.Output.TellAbsentFields();
        }

        return left;
    }

    // Whether the series are whole and in order.
    private bool ReportIntegrity()
    {
        if (_integrity is null)
        {
            return true;
        }

        var report = new IntegrityReport(_integrity).Text(request.Output.Kind == OutputFormat.Json);
        CommandContext.Current.Output.Write(Encoding.UTF8.GetBytes(report));
        return _integrity.IsSound;
    }
}
