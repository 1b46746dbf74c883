using HopsKafka.Sandbox;
using PublicApiGenerator;

namespace HopsKafka.Tests.Packages;

/// <summary>What other programs see changes on purpose only: the approved text lies beside this file.</summary>
public sealed class PublicApiSpecs
{
    public static TheoryData<Type> Packages => [typeof(HopsworksConnection), typeof(HopsworksSandbox)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_API_is_the_approved_one(Type known)
    {
        var name = $"{known.Assembly.GetName().Name}.api.txt";
        var options = new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            AllowNamespacePrefixes = ["Microsoft.Extensions.DependencyInjection"],
        };
        var api = known.Assembly.GeneratePublicApi(options).ReplaceLineEndings("\n") + "\n";
        var received = Path.Combine(AppContext.BaseDirectory, name);
        File.WriteAllText(received, api);

        var approved = File.ReadAllText(Path.Combine(Repository.Path, "tests/HopsKafka.Tests/Packages", name)).ReplaceLineEndings("\n");

        Assert.True(approved == api, $"The public API differs from the approved {name}. If that is meant, copy {received} there.");
    }
}
