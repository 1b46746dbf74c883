using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using HopsKafka.Avro;
using HopsKafka.Hopsworks;

namespace HopsKafka.SchemaRegistry;

/// <summary>
/// What is made of the writers' schemas, by id. Each id is fetched once; callers that ask at the same time share one request; a
/// failed request is not kept, so that the next caller asks anew. Thread-safe.
/// </summary>
/// <typeparam name="T">What is made of a schema.</typeparam>
/// <param name="fetch">Fetches the schema of an id.</param>
/// <param name="make">Makes it of id and text; does not fail for a schema that cannot be used, but says so when it is used.</param>
public sealed class SchemaCache<T>(Func<int, Task<Schema>> fetch, Func<int, string, T> make)
    where T : class
{
    private const int SchemaNotFound = 40403;

    private readonly ConcurrentDictionary<int, Lazy<Task<T>>> _fetches = new();

    /// <summary>Takes the schemas from a registry.</summary>
    /// <param name="client">The registry. Stays the caller's to dispose.</param>
    /// <param name="make">Makes it of id and text; does not fail for a schema that cannot be used, but says so when it is used.</param>
    public SchemaCache(SchemaRegistryClient client, Func<int, string, T> make)
        : this(id => client.GetSchemaAsync(id), make)
    {
    }

    /// <summary>Looks at what is already there.</summary>
    /// <param name="id">The schema's id.</param>
    /// <param name="made">What was made of it.</param>
    /// <returns>False when it was not fetched yet.</returns>
    public bool TryGet(int id, [NotNullWhen(true)] out T? made)
    {
        made = _fetches.TryGetValue(id, out var fetch) && fetch is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            ? fetch.Value.Result
            : null;
        return made is not null;
    }

    /// <summary>Fetches it, unless it is there.</summary>
    /// <param name="id">The schema's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What was made of it.</returns>
    /// <exception cref="SchemaRegistryException">The registry refused or stayed away.</exception>
    /// <exception cref="BadMessageException">The registry has no such id.</exception>
    public Task<T> GetAsync(int id, CancellationToken cancellationToken) => _fetches
        .GetOrAdd(id, key => new Lazy<Task<T>>(() => FetchAsync(key)))
        .Value.WaitAsync(cancellationToken);

    // No caller's token: the others wait for the same answer. The client's time limits end it.
    private async Task<T> FetchAsync(int id)
    {
        try
        {
            return make(id, (await ReadTextAsync(id)).SchemaString);
        }
        catch
        {
            _fetches.TryRemove(id, out _);
            throw;
        }
    }

    private async Task<Schema> ReadTextAsync(int id)
    {
        try
        {
            return await fetch(id);
        }
        catch (SchemaRegistryException e) when (e.ErrorCode == SchemaNotFound)
        {
            throw new BadMessageException(
                BadMessageReason.UnknownSchemaId, $"The project's registry has no schema with id {id}, which the value names.", e);
        }
    }
}
