using Confluent.Kafka;

namespace HopsKafka.FeatureGroups;

/// <summary>Counts the delivery reports of an insert.</summary>
internal sealed class RowDeliveries
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _open = 1; // the insert itself, until all rows are passed on
    private Error? _failure;

    /// <summary>How many rows were passed on.</summary>
    public int Started { get; private set; }

    /// <summary>How many of them were not delivered.</summary>
    public int Failed { get; private set; }

    /// <summary>The first error; null for none so far.</summary>
    public Error? Failure
    {
        get
        {
            lock (_gate)
            {
                return _failure;
            }
        }
    }

    /// <summary>Begins a row.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            Started++;
            _open++;
        }
    }

    /// <summary>Adds the report of a row.</summary>
    public void Add(DeliveryReport<byte[], byte[]> report) => End(report.Error.IsError ? report.Error : null);

    /// <summary>Adds a row that was not passed on.</summary>
    public void Fail(Error error) => End(error);

    /// <summary>Waits for the reports of all rows.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        End(null);
        return _ended.Task.WaitAsync(cancellationToken);
    }

    private void End(Error? error)
    {
        lock (_gate)
        {
            Failed += error is null ? 0 : 1;
            _failure ??= error;
            if (--_open == 0)
            {
                _ended.SetResult();
            }
        }
    }
}
