using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace HopsKafka.Common;

/// <summary>
/// Values that are fetched once: concurrent callers share one fetch, and a failed one is not cached, so that the next
/// caller fetches again. Cleared when it is full. Thread-safe.
/// </summary>
/// <param name="capacity">Maximum number of values.</param>
/// <param name="lifetime">Age at which a value expires; null for never.</param>
/// <param name="clock">Measures the age; null for the system's.</param>
internal sealed class AsyncCache<TKey, TValue>(int capacity, TimeSpan? lifetime = null, TimeProvider? clock = null)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <returns>False when the value was not fetched yet.</returns>
    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        value = _entries.TryGetValue(key, out var entry) && entry.Fetch is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } && !IsOld(entry)
            ? entry.Fetch.Value.Result
            : null;
        return value is not null;
    }

    /// <param name="fetch">Fetches the value. It gets no caller's token, since others wait for the same response.</param>
    /// <param name="cancellationToken">Cancels the wait, not the fetch.</param>
    public Task<TValue> GetAsync(TKey key, Func<TKey, Task<TValue>> fetch, CancellationToken cancellationToken)
    {
        if (_entries.TryGetValue(key, out var entry) && IsOld(entry))
        {
            _entries.TryRemove(new(key, entry));
        }

        if (entry is null && _entries.Count >= capacity)
        {
            Clear();
        }

        return _entries.GetOrAdd(key, k => Begin(k, fetch)).Fetch.Value.WaitAsync(cancellationToken);
    }

    public void Clear() => _entries.Clear();

    private bool IsOld(Entry entry) => lifetime is { } limit && _clock.GetElapsedTime(entry.Begun) >= limit;

    private Entry Begin(TKey key, Func<TKey, Task<TValue>> fetch)
    {
        Entry entry = null!;
        entry = new Entry(_clock.GetTimestamp(), new Lazy<Task<TValue>>(() => FetchAsync()));
        return entry;

        async Task<TValue> FetchAsync()
        {
            try
            {
                return await fetch(key).ConfigureAwait(false);
            }
            catch
            {
                _entries.TryRemove(new(key, entry));
                throw;
            }
        }
    }

    private sealed class Entry(long begun, Lazy<Task<TValue>> fetch)
    {
        public long Begun { get; } = begun;

        public Lazy<Task<TValue>> Fetch { get; } = fetch;
    }
}
