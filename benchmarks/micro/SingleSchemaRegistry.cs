using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using HopsKafka.Common;
using HopsKafka.Configuration;
using HopsKafka.Hopsworks;
using HopsKafka.SchemaRegistry;
using HopsKafka.Sensors;

namespace micro;

/// <summary>A registry on loopback that always returns the tutorial's schema with id 1, and a client of it.</summary>
internal sealed class SingleSchemaRegistry : IDisposable
{
    private static readonly byte[] s_response = JsonSerializer.SerializeToUtf8Bytes(
        new { id = 1, version = 1, subject = "sensor", schema = SensorSchema.TutorialText });

    private readonly HttpListener _listener = new();

    public SingleSchemaRegistry()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        _listener.Prefixes.Add(address);
        _listener.Start();
        _ = ServeAsync();
        Client = new HopsworksSchemaRegistryClient(new HopsworksClientOptions(new Uri(address), ServerTrust.System, () => new Secret("a.b")));
    }

    public HopsworksSchemaRegistryClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            var call = await _listener.GetContextAsync();
            call.Response.ContentType = "application/json";
            await call.Response.OutputStream.WriteAsync(s_response);
            call.Response.Close();
        }
    }
}
