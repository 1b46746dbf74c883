using Confluent.SchemaRegistry;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;
using HopsKafka.Tests.Hopsworks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HopsKafka.Tests.Connections;

public sealed class DependencyInjectionSpecs
{
    [Fact]
    public async Task A_section_makes_one_connection_and_its_registry_client()
    {
        await using var sandbox = await HopsworksSandbox.StartAsync();
        var section = Section(("ApiKey", sandbox.ApiKey), ("Host", "localhost"), ("Port", $"{sandbox.RestAddress.Port}"), ("Project", "demo"),
            ("ServerCaFile", Path.Combine(sandbox.Folder, "cert/trustStore.pem")), ("Consumer:group.id", "own"));
        await using var provider = new ServiceCollection().AddLogging().AddHopsworksKafka(section).BuildServiceProvider();

        var hops = provider.GetRequiredService<HopsworksConnection>();

        Assert.Same(hops, provider.GetRequiredService<HopsworksConnection>());
        Assert.Same(hops.SchemaRegistry, provider.GetRequiredService<ISchemaRegistryClient>());
        Assert.Equal((119, "own"), (hops.ProjectId, hops.ConsumerConfig().GroupId));
    }

    [Fact]
    public async Task Keys_tell_several_connections_apart()
    {
        await using var first = await HopsworksSandbox.StartAsync();
        await using var second = await HopsworksSandbox.StartAsync();
        await using var provider = new ServiceCollection()
            .AddKeyedHopsworksKafka("first", options => options.ConfigFile = first.ConfigFile)
            .AddKeyedHopsworksKafka("second", Section(("ConfigFile", second.ConfigFile)))
            .BuildServiceProvider();

        foreach (var (key, sandbox) in new[] { ("first", first), ("second", second) })
        {
            var hops = provider.GetRequiredKeyedService<HopsworksConnection>(key);
            Assert.Equal(sandbox.BootstrapServers, hops.ProducerConfig().BootstrapServers);
            Assert.Same(hops.SchemaRegistry, provider.GetRequiredKeyedService<ISchemaRegistryClient>(key));
        }

        Assert.Null(provider.GetService<HopsworksConnection>());
    }

    [Fact]
    public async Task Wrong_options_end_the_start_of_the_host()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHopsworksKafka(Section(("Host", "my.host"), ("Project", "demo")));
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("ApiKeyFile", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_option_is_an_error()
    {
        using var provider = new ServiceCollection().AddHopsworksKafka(Section(("ConfigFil", "config.toml"))).BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<HopsworksConnection>());

        Assert.Contains("ConfigFil", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task The_health_check_follows_the_server(string? key)
    {
        var services = new ServiceCollection().AddLogging();
        await using var sandbox = await HopsworksSandbox.StartAsync();
        void Configure(HopsworksOptions options) => (options.ConfigFile, options.MaxAttempts) = (sandbox.ConfigFile, 1);
        _ = key is null ? services.AddHopsworksKafka(Configure) : services.AddKeyedHopsworksKafka(key, Configure);
        services.AddHealthChecks().AddHopsworksKafka(serviceKey: key, failureStatus: HealthStatus.Degraded, tags: ["ready"], timeout: TimeSpan.FromMinutes(3));
        await using var provider = services.BuildServiceProvider();
        var health = provider.GetRequiredService<HealthCheckService>();

        var before = await health.CheckHealthAsync();
        await sandbox.DisposeAsync();
        var after = await health.CheckHealthAsync();

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Degraded), (before.Status, after.Status));
        Assert.Equal(["ready"], after.Entries["hopsworks"].Tags);
        var registration = Assert.Single(provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations);
        Assert.Equal(TimeSpan.FromMinutes(3), registration.Timeout);
        Assert.NotNull(after.Entries["hopsworks"].Exception);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_opened_is_unhealthy()
    {
        var services = new ServiceCollection().AddLogging().AddHopsworksKafka(options => options.ConfigFile = "no-such-folder/config.toml");
        services.AddHealthChecks().AddHopsworksKafka();
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Unhealthy, report.Status);
    }

    [Fact]
    public async Task A_host_that_stops_does_not_wait_for_a_server_that_does_not_answer()
    {
        using var ca = new TestCertificates();
        using var certificate = ca.Server("localhost");
        await using var server = new ScriptedServer(certificate, ScriptedResponse.Never);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHopsworksKafka(options =>
        {
            (options.Host, options.Port, options.Project, options.ApiKey) = ("localhost", server.Port, "demo", RegistryTestClient.Key);
            options.AcceptAnyServerCertificate = true;
        });
        using var host = builder.Build();
        var opening = Task.Run(() => host.Services.GetRequiredService<HopsworksConnection>());
        await Poll.UntilAsync("the request", () => !server.Requests.IsEmpty);

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>($"Hopsworks:{s.Key}", s.Value)))
        .Build()
        .GetSection("Hopsworks");
}
