using HopsKafka.Sandbox.Kafka;
using HopsKafka.Sandbox.Rest;
using HopsKafka.Sandbox.Rest.State;

namespace HopsKafka.Sandbox;

/// <summary>
/// Faults of a running sandbox, to test how a client handles them. Faults of requests apply to every call of the REST API, in the order in which
/// they were added; each is used up by as many requests as its count says. Safe for use by many threads.
/// </summary>
public sealed class SandboxFaults
{
    private readonly HopsworksServer _server;
    private readonly IEmbeddedKafka _kafka;
    private readonly ApiKeyStore _keys;
    private readonly ApiKey _key;

    internal SandboxFaults(HopsworksServer server, IEmbeddedKafka kafka, ApiKeyStore keys, ApiKey key) =>
        (_server, _kafka, _keys, _key) = (server, kafka, keys, key);

    /// <summary>Number of requests that will still get a fault.</summary>
    public long Pending => _server.Faults.Pending;

    /// <summary>Stops the REST API with the schema registry: connections to its port are refused. Schemas and topics stay.</summary>
    /// <returns>When the port is closed. Requests in progress have a second to end.</returns>
    public Task StopRestApiAsync() => _server.PauseAsync();

    /// <summary>Starts a stopped REST API again, on the same port; does nothing if it runs.</summary>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>When it answers.</returns>
    public Task StartRestApiAsync(CancellationToken cancellationToken = default) => _server.ResumeAsync(cancellationToken);

    /// <summary>Answers the next requests with an error and does not handle them.</summary>
    /// <param name="count">How many requests, from 1; <see cref="int.MaxValue"/> for all until <see cref="ClearAsync"/>.</param>
    /// <param name="status">HTTP status, such as 401 or 503.</param>
    /// <param name="body">Body of the answers; null for an error in Hopsworks' own shape.</param>
    /// <param name="contentType">Content type of <paramref name="body"/>.</param>
    public void FailNext(int count, int status, string? body = null, string contentType = MediaTypes.Json)
    {
        var error = status == 401 ? ErrorResponses.NotApiKey : ErrorResponses.Routing(status);
        _server.Faults.FailNext(count, status, body ?? error.Response.Body, contentType);
    }

    /// <summary>Handles the next requests late.</summary>
    /// <param name="count">How many requests, from 1; <see cref="int.MaxValue"/> for all until <see cref="ClearAsync"/>.</param>
    /// <param name="delay">How long each waits before it is handled.</param>
    public void DelayNext(int count, TimeSpan delay) => _server.Faults.DelayNext(count, delay);

    /// <summary>Never answers the next requests: each hangs until the client cancels it or the REST API stops.</summary>
    /// <param name="count">How many requests, from 1; <see cref="int.MaxValue"/> for all until <see cref="ClearAsync"/>.</param>
    public void HangNext(int count) => _server.Faults.HangNext(count);

    /// <summary>Handles the next requests, but closes each connection when half of the response's body is sent.</summary>
    /// <param name="count">How many requests, from 1; <see cref="int.MaxValue"/> for all until <see cref="ClearAsync"/>.</param>
    public void CutNext(int count) => _server.Faults.CutNext(count);

    /// <summary>Deletes the API key on Hopsworks: every call with it answers 401.</summary>
    public void RevokeApiKey() => _keys.Delete(_key);

    /// <summary>Makes the API key valid again.</summary>
    public void RestoreApiKey() => _keys.Add(_key);

    /// <summary>Closes a broker's connections and every new one, as if it were down; it remains the leader of its partitions.</summary>
    /// <param name="id">Id of the broker, from 1.</param>
    /// <exception cref="NotSupportedException">The sandbox runs a real Kafka.</exception>
    public void StopBroker(int id) => Mock.SetBrokerDown(id);

    /// <summary>Lets a stopped broker accept connections again.</summary>
    /// <param name="id">Id of the broker, from 1.</param>
    /// <exception cref="NotSupportedException">The sandbox runs a real Kafka.</exception>
    public void StartBroker(int id) => Mock.SetBrokerUp(id);

    /// <summary>Ends every fault: forgets those that wait for requests, starts REST API and brokers, and restores the API key.</summary>
    /// <param name="cancellationToken">Cancels the start of the REST API.</param>
    /// <returns>When the sandbox is as it was without faults.</returns>
    public async Task ClearAsync(CancellationToken cancellationToken = default)
    {
        _server.Faults.Clear();
        RestoreApiKey();
        for (var id = 1; _kafka is MockKafka mock && id <= mock.Brokers.Count; id++)
        {
            mock.SetBrokerUp(id);
        }

        await StartRestApiAsync(cancellationToken);
    }

    private MockKafka Mock => _kafka as MockKafka ?? throw new NotSupportedException("Only the embedded Kafka stops a broker on request; this sandbox runs a real one.");
}
