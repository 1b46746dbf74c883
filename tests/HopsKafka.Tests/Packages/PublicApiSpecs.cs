using System.Reflection;
using System.Xml.Linq;
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

    [Theory]
    [MemberData(nameof(Packages))]
    public void Each_parameter_of_a_public_method_is_described(Type known)
    {
        var names = known.Assembly.GetExportedTypes().SelectMany(type => type.GetMembers().OfType<MethodBase>().Select(
            method => $"M:{type.FullName}.{method.Name.Replace('.', '#')}")).ToHashSet();
        var file = Path.ChangeExtension(known.Assembly.Location, ".xml");
        var methods = XDocument.Load(file).Descendants("member").Select(member => (Id: member.Attribute("name")!.Value, Member: member))
            .Where(m => names.Contains(m.Id.Split('(')[0].Split("``")[0])).ToList();

        Assert.NotEmpty(methods);
        Assert.All(methods, m => Assert.True(
            m.Member.Element("inheritdoc") is not null || m.Member.Elements("param").Count() == Parameters(m.Id), m.Id));
    }

    // Commas between parameters, not those of type arguments.
    private static int Parameters(string id)
    {
        var depth = 0;
        var list = id.Contains('(', StringComparison.Ordinal) ? id[(id.IndexOf('(', StringComparison.Ordinal) + 1)..id.LastIndexOf(')')] : "";
        return list.Length == 0 ? 0 : 1 + list.Count(c =>
        {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            return c == ',' && depth == 0;
        });
    }
}
