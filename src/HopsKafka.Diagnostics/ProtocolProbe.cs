namespace HopsKafka.Diagnostics;

/// <summary>Sends the first request of a protocol and reads the response.</summary>
/// <param name="role">The kind of server.</param>
/// <param name="limit">Time limit of each exchange.</param>
internal sealed class ProtocolProbe(ServerRole role, TimeSpan limit)
{
    private const int ResponseStart = 8;

    /// <summary>Time limit of each exchange.</summary>
    public TimeSpan Limit => limit;

    /// <summary>Runs an action within the time limit.</summary>
    /// <exception cref="TimeoutException">It took longer.</exception>
    public async Task LimitAsync(Func<CancellationToken, Task> action, CancellationToken stop)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limited.CancelAfter(limit);
        try
        {
            await action(limited.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException("no response in time", e);
        }
    }

    /// <summary>Sends the first request and reads the first bytes of the response; a broker's response is read completely.</summary>
    /// <returns>Up to eight bytes; fewer if the server closed the connection.</returns>
    /// <exception cref="TimeoutException">The server did not respond.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<byte[]> ExchangeAsync(ServerAddress server, Stream stream, CancellationToken stop)
    {
        var start = new byte[ResponseStart];
        var count = 0;
        await LimitAsync(
            async token =>
            {
                await stream.WriteAsync(role.FirstRequest(server), token);
                count = await stream.ReadAtLeastAsync(start, ResponseStart, throwOnEndOfStream: false, token);
                if (count == ResponseStart && KafkaWire.IsKafkaResponse(start))
                {
                    await KafkaWire.SkipRestAsync(stream, start, token);
                }
            },
            stop);
        return start[..count];
    }

    /// <summary>Sends the first request without TLS, to detect the protocol.</summary>
    /// <returns>Up to eight bytes; none without a response.</returns>
    public async Task<byte[]> TryDetectAsync(ServerAddress server, Stream stream, CancellationToken stop)
    {
        try
        {
            return await ExchangeAsync(server, stream, stop);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            // No response is a result as well.
            return [];
        }
    }
}
