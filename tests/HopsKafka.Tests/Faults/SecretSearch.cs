using System.Runtime.Versioning;
using System.Text;
using HopsKafka.Sandbox;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Faults;

/// <summary>The secrets that a user of the sandbox has, and where they must not be.</summary>
public sealed class SecretSearch
{
    private const int Shortest = 6;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly string[] s_secretSettings = ["API__KEY", "PROJECT__KEY_PASSWORD", "PROJECT__STORE_PASSWORD", "KAFKA__SASL_PASSWORD"];

    private readonly IReadOnlyList<string> _secrets;

    private SecretSearch(IEnumerable<string> texts) =>
        _secrets = [.. texts.SelectMany(s => s.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Where(s => s.Length >= Shortest).Distinct()];

    /// <summary>API key, passwords and the lines of the private key of the sandbox, and what was planted in the environment.</summary>
    public static SecretSearch Of(SandboxUser user, params (string Key, string Value)[] environment)
    {
        var files = new[] { "apiKeyFile", "password" }.Select(name => File.ReadAllText(Path.Combine(user.Folder, "cert", name)));
        var keyLines = File.ReadAllLines(Path.Combine(user.Folder, "cert/keyStore.pem"))
            .SkipWhile(line => !line.Contains("PRIVATE KEY", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line[0] != '-').Where(line => line.Length > 20);
        return new SecretSearch([.. files, .. keyLines, .. environment.Where(e => s_secretSettings.Contains(e.Key)).Select(e => e.Value)]);
    }

    /// <summary>With further secrets.</summary>
    public SecretSearch And(params string[] secrets) => new([.. _secrets, .. secrets]);

    /// <summary>The run said none of them.</summary>
    public void AssertNoneIn(ToolResult result) => AssertNoneIn($"{result}");

    /// <summary>A text holds none of them.</summary>
    public void AssertNoneIn(string text) => Assert.All(_secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));

    /// <summary>No process of the machine shows one on its command line.</summary>
    public void AssertNotInProcessList() => AssertNoneIn(string.Join('\n', Directory.GetDirectories("/proc").Select(CommandLine)));

    /// <summary>Others cannot read a file below a folder that holds one (the marker, locked by the sandbox, is empty); returns how many files do hold one.</summary>
    public int AssertNotReadableByOthers(string folder)
    {
        var holding = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != SandboxFolder.Marker && Holds(f)).ToList();
        foreach (var file in holding)
        {
            Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Others) == 0 || IsClosed(Path.GetDirectoryName(file)!, folder), file);
        }

        return holding.Count;
    }

    // A folder that others may not enter hides what is in it.
    [UnsupportedOSPlatform("windows")]
    private static bool IsClosed(string folder, string top) =>
        (File.GetUnixFileMode(folder) & (UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) == 0
        || (folder != top && IsClosed(Path.GetDirectoryName(folder)!, top));

    private bool Holds(string file)
    {
        var text = File.ReadAllText(file, Encoding.Latin1);
        return _secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No process, or one that has just ended.
            return "";
        }
    }
}
