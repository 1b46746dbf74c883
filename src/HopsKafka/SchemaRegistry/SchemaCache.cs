using System.Diagnostics.CodeAnalysis;
using HopsKafka.Avro;
using HopsKafka.Common;
using HopsKafka.Hopsworks;

namespace HopsKafka.SchemaRegistry;

/// <summary>Caches the writers' schemas by id; each is fetched once. Thread-safe.</summary>
/// <typeparam name="T">The parsed form of a schema.</typeparam>
/// <param name="fetch">Fetches the text of an id.</param>
/// <param name="make">Creates the schema from id and text; an unusable schema fails only when it is used.</param>
internal sealed class SchemaCache<T>(Func<int, Task<string>> fetch, Func<int, string, T> make)
    where T : class
{
    private readonly AsyncCache<int, T> _made = new(int.MaxValue);

    /// <summary>Gets a schema that was fetched already.</summary>
    public bool TryGet(int id, [NotNullWhen(true)] out T? made) => _made.TryGet(id, out made);

    /// <summary>Gets a schema; fetches it if needed.</summary>
    /// <exception cref="HopsworksException">The registry rejected the request, or is unavailable.</exception>
    /// <exception cref="BadMessageException">The registry has no such id.</exception>
    public Task<T> GetAsync(int id, CancellationToken cancellationToken) => _made.GetAsync(id, FetchAsync, cancellationToken);

    private async Task<T> FetchAsync(int id)
    {
        try
        {
            return make(id, await fetch(id));
        }
        catch (HopsworksException e) when (e.ErrorCode == HopsworksErrorCode.SchemaNotFound)
        {
            throw new BadMessageException(
                BadMessageReason.UnknownSchemaId, $"The project's registry has no schema with id {id}, which the value names.", e);
        }
    }
}
