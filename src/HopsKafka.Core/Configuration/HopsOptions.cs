namespace HopsKafka.Configuration;

/// <summary>Table <c>[hops]</c>: the Hopsworks server.</summary>
/// <param name="Url">Host name or address without scheme, as in the tutorial.</param>
/// <param name="Port">Port of the REST API; 443 unless said otherwise.</param>
/// <param name="Verify">How the certificate of the REST API is checked.</param>
public sealed record HopsOptions(string Url, int Port, ServerTrust Verify);
