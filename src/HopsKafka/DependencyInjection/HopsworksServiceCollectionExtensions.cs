using Confluent.SchemaRegistry;
using HopsKafka;
using HopsKafka.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a <see cref="HopsworksConnection"/> and its schema registry client as singletons.</summary>
/// <remarks>
/// The options are validated when the host starts. The connection is opened when it is first resolved, which blocks until the
/// server has answered if the options leave something to it; a failure is thrown there, and the next resolution tries again.
/// </remarks>
public static class HopsworksServiceCollectionExtensions
{
    /// <summary>Registers the connection that a section of the configuration describes.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">A section with the properties of <see cref="HopsworksOptions"/>; an unknown one is an error.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddHopsworksKafka(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(services, Options.Options.DefaultName, builder => Bind(builder, configuration));
    }

    /// <summary>Registers the connection that a delegate describes.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddHopsworksKafka(this IServiceCollection services, Action<HopsworksOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, Options.Options.DefaultName, builder => builder.Configure(configure));
    }

    /// <summary>Registers one of several connections as keyed services; its options have the key as their name.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, not empty.</param>
    /// <param name="configuration">A section with the properties of <see cref="HopsworksOptions"/>; an unknown one is an error.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddKeyedHopsworksKafka(this IServiceCollection services, string serviceKey, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrEmpty(serviceKey);
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(services, serviceKey, builder => Bind(builder, configuration));
    }

    /// <summary>Registers one of several connections as keyed services; its options have the key as their name.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key, not empty.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddKeyedHopsworksKafka(this IServiceCollection services, string serviceKey, Action<HopsworksOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(serviceKey);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, serviceKey, builder => builder.Configure(configure));
    }

    private static void Bind(OptionsBuilder<HopsworksOptions> builder, IConfiguration configuration) =>
        builder.Bind(configuration, binder => binder.ErrorOnUnknownConfiguration = true);

    private static IServiceCollection Add(IServiceCollection services, string name, Action<OptionsBuilder<HopsworksOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        configure(services.AddOptions<HopsworksOptions>(name).ValidateOnStart());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HopsworksOptions>, HopsworksOptionsValidator>());
        if (name.Length == 0)
        {
            services.TryAddSingleton(provider => Open(provider, name));
            services.TryAddSingleton<ISchemaRegistryClient>(provider => provider.GetRequiredService<HopsworksConnection>().SchemaRegistry);
        }
        else
        {
            services.TryAddKeyedSingleton(name, (provider, _) => Open(provider, name));
            services.TryAddKeyedSingleton<ISchemaRegistryClient>(name, (provider, key) => provider.GetRequiredKeyedService<HopsworksConnection>(key).SchemaRegistry);
        }

        return services;
    }

    // A factory of the container cannot be asynchronous. A host that is stopped meanwhile does not wait for the server.
    private static HopsworksConnection Open(IServiceProvider provider, string name)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<HopsworksOptions>>().Get(name);
        var logger = provider.GetService<ILogger<HopsworksConnection>>();
        var stop = provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        return Task.Run(() => HopsworksConnection.OpenAsync(options, logger, stop), stop).GetAwaiter().GetResult();
    }
}
