using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using HopsKafka.Configuration;
using HopsKafka.Native;

namespace HopsKafka.Tests.Configuration;

public sealed partial class PropertyNamesSpecs
{
    static PropertyNamesSpecs() => LibrdkafkaLibrary.Bind(typeof(PropertyNamesSpecs).Assembly);

    [Fact]
    public void Every_property_of_the_loaded_library_is_known_with_its_scope_and_no_other_is()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "librdkafka writes its table to a FILE of the C library, opened here as on Linux.");
        var table = Path.GetTempFileName();

        WriteTable(table);

        var rows = File.ReadLines(table).Select(l => Row().Match(l)).Where(m => m.Success).ToList();
        var aliases = rows.Where(m => m.Groups["alias"].Success).ToList();
        var expected = rows.Select(r => (r.Groups["name"].Value, Scope(r.Groups["scope"].Value))).Distinct().Order().ToList();
        var known = PropertyNames.All.Select(n => (n, PropertyNames.Find(n)!.Value.Scope)).Order().ToList();
        File.Delete(table);
        Assert.True(expected.Count > 150, "The table of the library was not read.");
        Assert.Equal(expected, known);
        Assert.Equal(
            aliases.Select(r => PropertyNames.Find(r.Groups["name"].Value)!.Value.Name).Distinct().Order(),
            PropertyTable.Aliases.Values.Distinct().Order());
        Assert.All(aliases, r => Assert.Equal(
            PropertyNames.Find(r.Groups["alias"].Value), PropertyNames.Find(r.Groups["name"].Value)));
    }

    [Fact]
    public void Every_property_that_the_library_dumps_is_known_or_hidden_for_its_own_tests()
    {
        var dumped = Dump();

        Assert.True(dumped.Count > 100, "Nothing was dumped.");
        var unknown = dumped.Where(n => PropertyNames.Find(n) is null).Order();
        Assert.Equal(
            ["client.software.name", "enable.sparse.connections", "enable_sasl_queue", "metadata.request.timeout.ms",
                "test.mock.broker.rtt", "test.mock.num.brokers"],
            unknown);
    }

    [Fact]
    public void The_library_knows_every_name_of_the_table()
    {
        Assert.All(PropertyNames.All, name =>
        {
            var (_, complaint) = PropertyValidator.Try(name, "1");

            Assert.DoesNotContain("No such configuration property", complaint ?? "", StringComparison.Ordinal);
        });
        Assert.Contains("No such", PropertyValidator.Try("no.such.property", "1").Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_library_redacts_counts_as_a_secret()
    {
        Assert.StartsWith("2.16.", Library.VersionString, StringComparison.Ordinal);
        string[] secrets =
        [
            "sasl.password", "sasl.username", "sasl.oauthbearer.config", "sasl.oauthbearer.client.secret", "ssl.key.password",
            "ssl.key.pem", "ssl.keystore.password", "sasl.oauthbearer.assertion.private.key.pem",
            "sasl.oauthbearer.assertion.private.key.passphrase",
        ];

        Assert.All(secrets, name => Assert.True(PropertyNames.IsSecret(name), name));
        Assert.All(
            PropertyNames.All.Where(n => LooksSecret().IsMatch(n)),
            name => Assert.True(PropertyNames.IsSecret(PropertyNames.Find(name)!.Value.Name), name));
    }

    private static PropertyScope Scope(string letter) =>
        letter == "P" ? PropertyScope.Producer : letter == "C" ? PropertyScope.Consumer : PropertyScope.Both;

    private static void WriteTable(string path)
    {
        var file = OpenFile([.. Encoding.UTF8.GetBytes(path), 0], "w\0"u8.ToArray());
        Assert.NotEqual(0, file);
        ShowProperties(file);
        _ = CloseFile(file);
    }

    private static List<string> Dump()
    {
        var conf = ConfNew();
        var names = new List<string>();
        var dump = ConfDump(conf, out var count);
        for (var i = 0; i < (int)count; i += 2)
        {
            names.Add(Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(dump, i * nint.Size))!);
        }

        DumpFree(dump, count);
        ConfDestroy(conf);
        return names;
    }

    [GeneratedRegex(@"^(?<name>[a-z][a-z0-9._]+) +\| +(?<scope>[PC*]) +\|(.*Alias for `(?<alias>[^`]+)`)?")]
    private static partial Regex Row();

    [GeneratedRegex("password|secret$|passphrase|\\.pem$")]
    private static partial Regex LooksSecret();

    [DllImport("libc", EntryPoint = "fopen", ExactSpelling = true)]
    private static extern nint OpenFile(byte[] path, byte[] mode);

    [DllImport("libc", EntryPoint = "fclose", ExactSpelling = true)]
    private static extern int CloseFile(nint file);

    [DllImport(LibrdkafkaLibrary.Name, EntryPoint = "rd_kafka_conf_properties_show", ExactSpelling = true)]
    private static extern void ShowProperties(nint file);

    [DllImport(LibrdkafkaLibrary.Name, EntryPoint = "rd_kafka_conf_new", ExactSpelling = true)]
    private static extern nint ConfNew();

    [DllImport(LibrdkafkaLibrary.Name, EntryPoint = "rd_kafka_conf_destroy", ExactSpelling = true)]
    private static extern void ConfDestroy(nint conf);

    [DllImport(LibrdkafkaLibrary.Name, EntryPoint = "rd_kafka_conf_dump", ExactSpelling = true)]
    private static extern nint ConfDump(nint conf, out nuint count);

    [DllImport(LibrdkafkaLibrary.Name, EntryPoint = "rd_kafka_conf_dump_free", ExactSpelling = true)]
    private static extern void DumpFree(nint dump, nuint count);
}
