using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace HopsKafka.TestKit;

/// <summary>
/// Starts collections of several classes first, then the classes with slow tests and those that get a server: one that starts late runs on with a processor idle.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Dictionary<string, int> s_ranks = Assembly.GetEntryAssembly()!.GetTypes().ToDictionary(type => type.FullName!, RankOf);

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => RankOf(collection))];

    // Without a definition it is named "Test collection for", its class and an id.
    private static int RankOf(ITestCollection collection) =>
        collection.TestCollectionClassName is null ? s_ranks[collection.TestCollectionDisplayName.Split(' ')[3]] : 0;

    private static int RankOf(Type type) =>
        type.GetMethods().Append<MemberInfo>(type).Any(IsSlow) ? 1
        : type.GetConstructors().Any(constructor => constructor.GetParameters().Length > 0) ? 2
        : 3;

    private static bool IsSlow(MemberInfo test) =>
        test.GetCustomAttributes<TraitAttribute>().Any(trait => trait.Value == "Slow")
        || test.GetCustomAttributes<InlineDataAttribute>().Any(data => data.Traits?.Contains("Slow") == true);
}
