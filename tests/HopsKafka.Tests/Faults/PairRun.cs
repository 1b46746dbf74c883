using HopsKafka.TestKit;

namespace HopsKafka.Tests.Faults;

/// <summary>The pair run into a fault: what it says in plain, and that it betrays no secret when it says all it can.</summary>
public static class PairRun
{
    public const string Producer = "avro-producer";
    public const string Consumer = "avro-consumer";

    private const int MostLines = 3;
    private static readonly char[] s_space = [' ', '\n', '\r'];

    /// <summary>The producer in plain, the consumer with -v: both fail with the message.</summary>
    public static async Task AssertBothFailAsync(SandboxUser user, (string Key, string Value)[] environment, params string[] texts)
    {
        await AssertFailsAsync(user, Producer, environment, 1, texts);
        await AssertFailsAsync(user, Consumer, environment, 1, texts, "-v", "--exit-at-end", "-g", "faults");
    }

    /// <summary>Fails with the message, and prints no event and no secret.</summary>
    public static async Task<ToolResult> AssertFailsAsync(
        SandboxUser user, string tool, (string Key, string Value)[] environment, int exitCode, string[] texts, params string[] arguments)
    {
        var result = await RunAsync(user, tool, environment, arguments);

        Assert.True((exitCode, "") == (result.ExitCode, result.Output), $"{result}");
        Assert.All(texts, text => Assert.Contains(text, result.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        if (!arguments.Contains("-v"))
        {
            Assert.DoesNotContain("%3|", result.Error, StringComparison.Ordinal);
            var message = result.Error[result.Error.IndexOf($"{tool}: ", StringComparison.Ordinal)..];
            Assert.True(message.Trim().Split('\n').Length <= MostLines, message);
        }

        return result;
    }

    /// <summary>Runs, and searches everything it said for the sandbox's secrets.</summary>
    public static async Task<ToolResult> RunAsync(
        SandboxUser user, string tool, (string Key, string Value)[] environment, params string[] arguments)
    {
        var result = await user.RunAsync(tool, environment.ToDictionary(e => $"HOPSKAFKA_{e.Key}", e => e.Value), arguments);
        AssertNoSecret(user, environment, result);
        return result;
    }

    private static void AssertNoSecret(SandboxUser user, (string Key, string Value)[] environment, ToolResult result)
    {
        var said = $"{result.Output}\n{result.Error}";
        var files = new[] { "apiKeyFile", "password" }.Select(name => File.ReadAllText(Path.Combine(user.Folder, "cert", name)).Trim());
        var keyBody = File.ReadAllLines(Path.Combine(user.Folder, "cert/keyStore.pem"))
            .SkipWhile(line => !line.Contains("PRIVATE KEY", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line[0] != '-').Where(line => line.Length > 20);
        var planted = environment.Where(e => e.Key is "API__KEY" or "PROJECT__KEY_PASSWORD" or "PROJECT__STORE_PASSWORD").Select(e => e.Value);
        foreach (var secret in files.Concat(keyBody).Concat(planted).SelectMany(s => s.Split(s_space)).Where(s => s.Length > 5))
        {
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
        }
    }
}
