namespace HopsKafka.Diagnosis;

/// <summary>A connection on which the server has answered as it should.</summary>
/// <param name="Stream">The connection; no answer is outstanding when the server is a broker.</param>
/// <param name="Description">What was agreed: TLS version, the server's certificate.</param>
internal sealed record ServerSession(Stream Stream, string Description) : IDisposable
{
    public void Dispose() => Stream.Dispose();
}
