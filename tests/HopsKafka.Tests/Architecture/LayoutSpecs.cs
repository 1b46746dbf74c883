using System.Reflection;
using System.Xml.Linq;
using HopsKafka.Configuration;
using NetArchTest.Rules;

namespace HopsKafka.Tests.Architecture;

public sealed class LayoutSpecs
{
    // Each may use those before it.
    private static readonly string[] s_projects =
    [
        "HopsKafka", "HopsKafka.Diagnostics", "HopsKafka.Plotting", "HopsKafka.Sandbox", "HopsKafka.Cli", "HopsKafka.Producer", "HopsKafka.Consumer", "HopsKafka.Tool",
    ];

    // Of the library; each may use those before it, so that they form no cycle.
    private static readonly string[] s_namespaces =
    [
        "HopsKafka.Common", "HopsKafka.Avro", "HopsKafka.JsonEncoding", "HopsKafka.CsvEncoding", "HopsKafka.Sensors", "HopsKafka.Native", "HopsKafka.Certificates", "HopsKafka.Configuration", "HopsKafka.Hopsworks",
        "HopsKafka.SchemaRegistry", "HopsKafka.Kafka", "HopsKafka.FeatureGroups", "HopsKafka.DependencyInjection",
    ];

    private static readonly Assembly s_library = typeof(HopsKafkaConfig).Assembly;

    public static TheoryData<string> Projects => [.. s_projects];

    public static TheoryData<string> Namespaces => [.. s_namespaces];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_projects_before_it(string project)
    {
        var file = Path.Combine(Repository(), "src", project, $"{project}.csproj");
        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => r.Attribute("Include")!.Value.Replace('\\', '/').Split('/')[^2]);

        Assert.All(references, reference => Assert.Contains(reference, s_projects.TakeWhile(p => p != project)));
    }

    [Fact]
    public void The_list_of_projects_is_whole() =>
        Assert.Equal(Directory.GetDirectories(Path.Combine(Repository(), "src")).Select(Path.GetFileName).Order(), s_projects.Order());

    [Theory]
    [MemberData(nameof(Namespaces))]
    public void A_namespace_of_the_library_uses_only_namespaces_before_it(string name)
    {
        var later = s_namespaces.SkipWhile(n => n != name).Skip(1).ToArray();
        var types = Types.InAssembly(s_library).That().ResideInNamespace(name).GetTypes().ToList();
        var result = Types.InAssembly(s_library).That().ResideInNamespace(name).ShouldNot().HaveDependencyOnAny([.. later, "-"]).GetResult();

        Assert.NotEmpty(types);
        Assert.True(result.IsSuccessful, string.Join(", ", (result.FailingTypes ?? []).Select(t => t.FullName)));
    }

    [Fact]
    public void The_list_of_namespaces_is_whole()
    {
        var found = s_library.GetTypes().Select(t => t.Namespace).OfType<string>().Where(n => n.StartsWith("HopsKafka.", StringComparison.Ordinal)).Distinct();

        Assert.Equal(s_namespaces.Order(), found.Order());
    }

    [Fact]
    public void The_library_draws_nothing_parses_no_command_line_and_writes_to_no_console()
    {
        string[] refused = ["ScottPlot", "SkiaSharp", "Spectre.Console", "System.CommandLine"];

        Assert.DoesNotContain(Closure(s_library), name => refused.Any(r => name.StartsWith(r, StringComparison.Ordinal)));
        var result = Types.InAssembly(s_library).ShouldNot().HaveDependencyOnAny("System.Console").GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", (result.FailingTypes ?? []).Select(t => t.FullName)));
    }

    private static HashSet<string> Closure(Assembly root)
    {
        var seen = new HashSet<string>();
        var open = new Queue<AssemblyName>(root.GetReferencedAssemblies());
        while (open.TryDequeue(out var name))
        {
            if (seen.Add(name.Name!) && File.Exists(Path.Combine(AppContext.BaseDirectory, $"{name.Name}.dll")))
            {
                foreach (var next in Assembly.Load(name).GetReferencedAssemblies())
                {
                    open.Enqueue(next);
                }
            }
        }

        return seen;
    }

    internal static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HopsKafka.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("no HopsKafka.sln above the tests");
        }

        return folder.FullName;
    }
}
