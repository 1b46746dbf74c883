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

/// <summary>The life of one consumer: finds the topic, reads, leaves the group, and reports.</summary>
internal sealed class ConsumeSession(
    ConsumeRequest request,
    HopsKafkaConfig config,
    ConsumerConfig settings,
    BrokerDiagnosis diagnosis,
    EventDecoder decoder,
    EventFilter filter,
    EventCounts counts,
    DecodeErrorHandler decodeErrors,
    RunStatistics statistics) : IAsyncDisposable
{
    // If the registry is slower than this, its errors show at the first event.
    private static readonly TimeSpan s_registryLimit = TimeSpan.FromSeconds(2);

    private readonly ConnectionMonitor _connections = new(ConsoleLog.Logger);
    private readonly AssignedPartitions _assigned = new(config.Kafka.Topic, settings.GroupId, request.Positions.Commits);
    private readonly IntegrityCheck? _integrity = request.Verify ? new IntegrityCheck() : null;
    private readonly ConsumptionReport _report = new(config.Kafka.Topic, counts, request.Positions.Commits);
    private readonly GroupExit _exit = new();
    private StartOffsets? _starts;
    private Watermarks? _watermarks;
    private IReadOnlyList<int> _partitions = [];
    private GroupStatusReporter? _groupStatus;
    private NativeConsumer? _native;
    private EventReader? _reader;
    private bool _hasStarted;
    private volatile bool _isLeaving;

    /// <summary>Consumes until the run ends.</summary>
    /// <param name="checking">The check of the registry and of the options against the topic's schema, which runs while the consumer connects.</param>
    public async Task<int> RunAsync(Task<AvroType?> checking, CancellationToken stop)
    {
        var consumer = KafkaClientConfig.Build(config, ConsoleLog.Logger, () => Build(stop));
        using var sink = request.Output.CreateSink(request.Quiet || request.Verify);
        var clock = Stopwatch.StartNew();
        var left = false;
        try
        {
            _reader = Prepare(consumer, sink, stop);
            await CheckRegistryAsync(checking);
            StartReading(consumer);
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
        return left && isSound && !decodeErrors.HasFailed ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_groupStatus is not null)
        {
            await _groupStatus.DisposeAsync();
        }
    }

    // KIP-848.
    private bool IsIncremental => request.Positions.JoinsGroup
        && string.Equals(settings.Get("group.protocol"), "consumer", StringComparison.OrdinalIgnoreCase);

    private EventReader Prepare(IConsumer<byte[], byte[]> consumer, EventSink sink, CancellationToken stop)
    {
        var metadata = TopicProbe.Find(consumer.Handle, _connections, _assigned.Topic, diagnosis, stop);
        diagnosis.CheckAdvertised(metadata);
        var all = metadata.Topics.Single(t => t.Topic == _assigned.Topic).Partitions.Select(p => p.PartitionId).Order().ToList();
        var partitions = _partitions = request.Positions.Partitions ?? all;
        if (partitions.Except(all).ToList() is [var absent, ..])
        {
            throw new HopsKafkaException(
                $"Topic {_assigned.Topic} has no partition {absent}, only {string.Join(", ", all)}.", "Correct --partition.", ExitCode.Usage);
        }

        var watermarks = _watermarks = new Watermarks(consumer, _assigned.Topic);
        _starts = StartOffsets.Of(request.Positions.From, watermarks, _assigned.Topic, partitions);
        EmptyRange.Warn(request.Positions, _starts, watermarks, _assigned.Topic, partitions);
        FutureEnd.Report(request.Positions.Until, watermarks, _assigned.Topic, partitions);
        _groupStatus = new GroupStatusReporter(consumer, _assigned.Topic, _assigned.Group, all.Count);
        var retrying = new RetryingDecoder(decoder, consumer, _assigned)
        {
            BeforeWait = token => _reader!.Flush(token),
            WhileWaiting = () => _reader!.KeepMembership(),
        };
        var ends = request.Positions.Until is { } until ? EndOffsets.Of(until, watermarks, _assigned.Topic, partitions) : null;
        var end = new EndCondition(_assigned)
        {
            Offsets = ends,
            Group = ends is null ? null : new GroupProgress(consumer, watermarks, ends, _assigned.Topic, partitions),
            MaxEvents = request.MaxEvents,
            IdleExit = request.Positions.IdleExit,
        };
        _native = new NativeConsumer(consumer.Handle, _assigned.Topic);
        var reader = new EventReader(consumer, _assigned, retrying, sink, counts, decodeErrors, _connections, _native, end)
        {
            Filter = filter,
            Integrity = _integrity,
            OnIdle = IsIncremental ? new UnassignedMemberCheck(consumer.Handle, _assigned, _groupStatus.Update).Check : null,
        };
        statistics.Attach(consumer, _assigned, _connections);
        _connections.StartReporting();
        return reader;
    }

    // An error that is not transient would occur at the first event as well. If the registry is unavailable, the first event waits for it.
    private static async Task CheckRegistryAsync(Task checking)
    {
        await Task.WhenAny(checking, Task.Delay(s_registryLimit));
        if (checking.Exception?.InnerException is { } refused and IHopsKafkaError and not HopsworksException { IsTransient: true })
        {
            throw refused;
        }
    }

    private void StartReading(IConsumer<byte[], byte[]> consumer)
    {
        _hasStarted = true;
        if (!request.Positions.JoinsGroup)
        {
            _assigned.AssignManually(_partitions);
            return;
        }

        ConsoleLog.Report($"Consuming topic {_assigned.Topic} in group {_assigned.Group}. Press Ctrl-c to exit.", new LogFields(Topic: _assigned.Topic, Group: _assigned.Group));
        consumer.Subscribe(_assigned.Topic);
    }

    private void Read(IConsumer<byte[], byte[]> consumer, CancellationToken stop)
    {
        var direct = new ManualAssignmentReader(consumer, _native!, _assigned, _partitions, _reader!);
        if (request.Positions.Tail is { } tail)
        {
            direct.Run(tail, _watermarks!, counts, stop);
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
            .SetErrorHandler((_, error) => _connections.OnError(error))
            .SetLogHandler((_, message) => _connections.OnLog(message))
            .SetPartitionsAssignedHandler((consumer, partitions) =>
            {
                if (_isLeaving)
                {
                    // A leaving consumer may still be assigned the partitions of another member that leaves. It does not read them.
                    return _starts!.For(partitions);
                }

                _assigned.Assign(partitions);
                counts.Feed?.Assign(consumer.MemberId ?? "", partitions.Select(p => p.Partition.Value));
                _native!.ForwardPartitions(partitions.Select(p => p.Partition.Value));
                _groupStatus?.Update();
                return _starts!.For(partitions);
            })
            .SetPartitionsRevokedHandler((consumer, partitions) => Revoke(consumer, partitions, lost: false, stop))
            .SetPartitionsLostHandler((consumer, partitions) => Revoke(consumer, partitions, lost: true, stop))
            .SetOffsetsCommittedHandler((_, committed) =>
            {
                statistics.OnCommitted(committed);
                _exit.OnCommitted(committed);
            })
            .Build();

    private void Revoke(IConsumer<byte[], byte[]> consumer, List<TopicPartitionOffset> partitions, bool lost, CancellationToken stop)
    {
        _reader?.Revoke([.. partitions.Select(p => p.Partition.Value)], stop);
        _assigned.Revoke(partitions.Select(p => p.TopicPartition), lost, consumer);
        counts.Feed?.Revoke(partitions.Select(p => p.Partition.Value));
    }

    // Commits the stored offsets and leaves the group, so that the others need not wait for a time-out.
    private async Task<bool> LeaveAsync(IConsumer<byte[], byte[]> consumer, Stopwatch clock)
    {
        await DisposeAsync();
        await statistics.DetachAsync();
        _isLeaving = true;
        _native?.Dispose();
        // The last picture shows the assigned partitions: those released by leaving are not drawn as revoked.
        counts.Feed = null;
        var commits = request.Positions.Commits && _assigned.Partitions.Count > 0;
        _report.KeepCounts(_assigned.Partitions);
        var left = _exit.TryLeave(consumer, commits, () => _report.QueryOffsets(consumer));
        if (_hasStarted)
        {
            _report.Log(clock.Elapsed);
            decodeErrors.Report();
            request.Output.WarnOfAbsentFields();
        }

        return left;
    }

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
