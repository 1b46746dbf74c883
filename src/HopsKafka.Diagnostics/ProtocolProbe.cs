namespace HopsKafka.Diagnostics;

/// <summary>Says the first word of a protocol and listens for the answer.</summary>
/// <param name="role">What the server is.</param>
/// <param name="limit">Time limit of each exchange.</param>
internal sealed class ProtocolProbe(ServerRole role, TimeSpan limit)
{
    private const int Enough = 8;

    /// <summary>Time limit of each exchange.</summary>
    public TimeSpan Limit => limit;

    /// <summary>Does something within the limit.</summary>
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
            throw new TimeoutException("no answer in time", e);
        }
    }

    /// <summary>Greets and reads the first bytes of the answer; a broker's answer is read to its end.</summary>
    /// <returns>Up to eight bytes; fewer when the server closed the connection.</returns>
    /// <exception cref="TimeoutException">It did not answer.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<byte[]> GreetAsync(ServerAddress server, Stream stream, CancellationToken stop)
    {
        var start = new byte[Enough];
        var count = 0;
        await LimitAsync(
            async token =>
            {
                await stream.WriteAsync(role.Greeting(server), token);
                count = await stream.ReadAtLeastAsync(start, Enough, throwOnEndOfStream: false, token);
                if (count == Enough && KafkaWire.IsKafkaAnswer(start))
                {
                    await KafkaWire.SkipRestAsync(stream, start, token);
                }
            },
            stop);
        return start[..count];
    }

    /// <summary>Greets without TLS, to find out what is spoken there.</summary>
    /// <returns>Up to eight bytes; none when nothing came.</returns>
    public async Task<byte[]> TryGreetAsync(ServerAddress server, Stream stream, CancellationToken stop)
    {
        try
        {
            return await GreetAsync(server, stream, stop);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            // Silence, too, is an answer to this question.
            return [];
        }
    }
}
