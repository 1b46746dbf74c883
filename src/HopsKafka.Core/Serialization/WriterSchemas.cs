using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using HopsKafka.Registry;

namespace HopsKafka.Serialization;

/// <summary>
/// The decoders by schema id. Each id is fetched once; callers that ask at the same time share one request; a failed
/// request is not kept, so that the next caller asks anew.
/// </summary>
internal sealed class WriterSchemas(SchemaRegistryClient client, SensorSchema reader)
{
    private const int SchemaNotFound = 40403;

    private readonly ConcurrentDictionary<int, Lazy<Task<SensorDecoder>>> _fetches = new();

    public bool TryGet(int id, [NotNullWhen(true)] out SensorDecoder? decoder)
    {
        decoder = _fetches.TryGetValue(id, out var fetch) && fetch is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            ? fetch.Value.Result
            : null;
        return decoder is not null;
    }

    /// <exception cref="SchemaRegistryException">The registry refused or stayed away.</exception>
    /// <exception cref="BadMessageException">The registry has no such id.</exception>
    public Task<SensorDecoder> GetAsync(int id, CancellationToken cancellationToken) => _fetches
        .GetOrAdd(id, key => new Lazy<Task<SensorDecoder>>(() => FetchAsync(key)))
        .Value.WaitAsync(cancellationToken);

    // No caller's token: the others wait for the same answer. The client's time limits end it.
    private async Task<SensorDecoder> FetchAsync(int id)
    {
        try
        {
            return SensorDecoder.For(id, (await ReadTextAsync(id)).SchemaString, reader);
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
            return await client.GetSchemaAsync(id);
        }
        catch (SchemaRegistryException e) when (e.ErrorCode == SchemaNotFound)
        {
            throw new BadMessageException(
                BadMessageReason.UnknownSchemaId, $"The project's registry has no schema with id {id}, which the value names.", e);
        }
    }
}
