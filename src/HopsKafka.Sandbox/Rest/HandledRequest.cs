namespace HopsKafka.Sandbox.Rest;

/// <summary>One request that the server answered, for a log. It never carries the API key.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Status">Status of the answer; 0 when a fault closed the connection without one.</param>
/// <param name="Failure">What went wrong inside the server, for answers of 500; else null.</param>
public sealed record HandledRequest(string Method, string Path, int Status, string? Failure);
