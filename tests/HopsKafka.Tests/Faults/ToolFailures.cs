using HopsKafka.TestKit;

namespace HopsKafka.Tests.Faults;

/// <summary>Both tools run into a fault: their messages, and that the verbose log reveals no secret.</summary>
public static class ToolFailures
{
    public const string Producer = "avro-producer";
    public const string Consumer = "avro-consumer";

    private const int MostLines = 3;

    /// <summary>The producer in plain, the consumer with -v: both fail with the message.</summary>
    public static async Task AssertBothFailAsync(SandboxUser user, (string Key, string Value)[] environment, params string[] texts)
    {
        await Task.WhenAll(
            AssertFailsAsync(user, Producer, environment, 1, texts),
            AssertFailsAsync(user, Consumer, environment, 1, texts, "-v", "--exit-at-end", "-g", "faults"));
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
            var message = result.Error[result.Error.IndexOf("error: ", StringComparison.Ordinal)..];
            Assert.True(message.Trim().Split('\n').Length <= MostLines, message);
        }

        return result;
    }

    /// <summary>Runs, and searches everything it said for the sandbox's secrets.</summary>
    public static async Task<ToolResult> RunAsync(
        SandboxUser user, string tool, (string Key, string Value)[] environment, params string[] arguments)
    {
        var result = await user.RunAsync(tool, environment.ToDictionary(e => $"HOPSKAFKA_{e.Key}", e => e.Value), arguments);
        SecretSearch.Of(user, environment).AssertNoneIn(result);
        return result;
    }
}
