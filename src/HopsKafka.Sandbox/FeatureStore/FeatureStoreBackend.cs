using HopsKafka.Common;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox.FeatureStore;

/// <summary>
/// What works behind the feature store: creates groups, reads their topics into the online tables, and runs their jobs. Nothing of it runs before
/// the first feature group is created. Safe for use by many threads.
/// </summary>
internal sealed class FeatureStoreBackend(HopsworksState state, IEmbeddedKafka kafka, ServerQuirks quirks, Action<string>? notice) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _runs = [];
    private readonly HashSet<string> _topics = [];
    private readonly Action<string> _notice = notice ?? (_ => { });
    private OnlineTopicReader? _reader;

    /// <summary>Creates a feature group with its topic, its subject and its job.</summary>
    /// <exception cref="RestException">It exists, a type cannot be converted, or its topic or subject cannot be created.</exception>
    public async Task<StoredFeatureGroup> CreateGroupAsync(HopsworksProject project, HopsworksUser creator, FeatureGroupDefinition definition)
    {
        await _turn.WaitAsync();
        try
        {
            var group = await new FeatureGroupCreation(state, kafka, quirks).RunAsync(project, creator, definition);
            if (definition.OnlineEnabled && _topics.Add(group.Topic))
            {
                _reader ??= new OnlineTopicReader(kafka.AdminClient, new OnlineRowHandler(state, quirks, _notice), _notice);
                _reader.Add(group.Topic, state.Topics.Find(group.Topic)!.Partitions);
            }

            return group;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Starts a run of a feature group's job.</summary>
    public JobExecution StartJob(StoredFeatureGroup group, string arguments)
    {
        var execution = new JobExecution(state.FeatureGroups.NextId(), arguments);
        group.Job.Add(execution);
        lock (_runs)
        {
            _runs.RemoveAll(run => run.IsCompletedSuccessfully);
            _runs.Add(RunAsync(group, execution));
        }

        return execution;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] runs;
        lock (_runs)
        {
            runs = [.. _runs];
        }

        await Task.WhenAll(runs);
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }

        _turn.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(StoredFeatureGroup group, JobExecution execution)
    {
        try
        {
            await group.Job.Turn.WaitAsync(_stop.Token);
            try
            {
                var run = new MaterializationRun(state, quirks, kafka.AdminClient, _notice);
                await Task.Factory.StartNew(
                    () => run.Run(group, execution, _stop.Token), _stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                group.Job.Turn.Release();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            execution.State = ExecutionState.Failed;
        }
    }
}
