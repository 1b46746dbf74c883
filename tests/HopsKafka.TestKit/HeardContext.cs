using HopsKafka.Cli;

namespace HopsKafka.TestKit;

/// <summary>The context of code that is tested without a command line: what it says is heard.</summary>
public static class HeardContext
{
    /// <summary>Makes one the current context.</summary>
    /// <param name="hear">Takes each text for stderr.</param>
    /// <param name="stdout">Takes what is printed; null for nowhere.</param>
    /// <param name="time">The clock; null for that of the machine.</param>
    /// <returns>Ends that.</returns>
    public static IDisposable Use(Action<string> hear, Stream? stdout = null, TimeProvider? time = null) =>
        new CommandContext(() => new StandardOutput(stdout ?? Stream.Null))
        {
            Tool = "test",
            Input = () => TextReader.Null,
            Log = new LogOutput(hear),
            Environment = new Dictionary<string, string>(),
            Time = time ?? TimeProvider.System,
        }.Use();
}
