using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using HopsKafka.Cli;
using HopsKafka.Kafka;
using HopsKafka.TestKit;
using Microsoft.Extensions.Logging;

namespace HopsKafka.Tests.Docs;

/// <summary>docs/troubleshooting.md lists the codes of warnings.</summary>
public sealed partial class WarningCodeSpecs
{
    [Fact]
    public void The_page_lists_each_code_of_a_warning_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(Golden.Root, "docs", "troubleshooting.md"));
        var rows = page[page.IndexOf("| code | warning |", StringComparison.Ordinal)..].Split('\n').Select(line => line.Split('|').ElementAtOrDefault(1) ?? "");

        Assert.Equal(
            Constants().Concat(LibraryWarnings()).Order(StringComparer.Ordinal).Distinct(),
            rows.SelectMany(cell => Code().Matches(cell).Select(code => code.Value)).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Constants() => typeof(WarningCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);

    // The library's events have their names as codes.
    private static IEnumerable<string> LibraryWarnings() =>
        from assembly in new[] { typeof(KafkaLog).Assembly, typeof(HopsKafka.Diagnostics.Doctor).Assembly }
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        where method.GetCustomAttribute<LoggerMessageAttribute>() is { Level: LogLevel.Warning }
        select JsonNamingPolicy.SnakeCaseLower.ConvertName(method.Name);

    [GeneratedRegex("(?<=`)[a-z_]+(?=`)")]
    private static partial Regex Code();
}
