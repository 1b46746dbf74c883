using System.Text.Json;

namespace HopsKafka.Registry;

/// <summary>Calls of the REST API below one project's <c>kafka</c>: sent, tried again, and their answers read. Thread-safe.</summary>
internal sealed class RegistryChannel : IDisposable
{
    private readonly string _base;
    private readonly RegistrySender _sender;

    /// <exception cref="ArgumentException">The address is neither HTTPS nor loopback.</exception>
    /// <exception cref="HopsKafkaException">The CA file of <c>verify</c> is missing or unusable.</exception>
    public RegistryChannel(SchemaRegistryOptions options)
    {
        var address = options.BaseAddress;
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new ArgumentException($"The registry at {address.Authority} must be addressed by https.", nameof(options));
        }

        _base = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        _sender = new RegistrySender(options);
    }

    /// <param name="what">What is being done, for messages.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Below the base, escaped.</param>
    /// <param name="body">JSON body; null for none.</param>
    public RegistryCall Call(string what, HttpMethod method, string path, string? body = null) =>
        new(what, method, new Uri($"{_base}/{path}"), body);

    public Task<T> JsonAsync<T>(RegistryCall call, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        ReadAsync(call, body => RegistryJson.Read(body, read), cancellationToken);

    public async Task<T> ReadAsync<T>(RegistryCall call, Func<string, T> read, CancellationToken cancellationToken)
    {
        var body = await _sender.SendAsync(call, cancellationToken);
        try
        {
            return read(body);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw RegistryErrors.Unreadable(call, System.Net.HttpStatusCode.OK, false, _sender.Shown(body), e);
        }
    }

    public void Dispose() => _sender.Dispose();
}
