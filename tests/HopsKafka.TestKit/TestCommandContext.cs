using HopsKafka.Cli;

namespace HopsKafka.TestKit;

/// <summary>A command context for code that is tested without a command line.</summary>
public static class TestCommandContext
{
    /// <summary>Makes one the current context.</summary>
    /// <param name="writeError">Receives each text for stderr.</param>
    /// <param name="stdout">Receives what is printed; null to discard it.</param>
    /// <param name="time">The clock; null for that of the machine.</param>
    /// <returns>Restores the context before.</returns>
    public static IDisposable Use(Action<string> writeError, Stream? stdout = null, TimeProvider? time = null) =>
        new CommandContext(() => new StandardOutput(stdout ?? Stream.Null))
        {
            Tool = "test",
            Input = () => TextReader.Null,
            Log = new LogOutput(writeError),
            Environment = new Dictionary<string, string>(),
            Time = time ?? TimeProvider.System,
        }.Use();
}
