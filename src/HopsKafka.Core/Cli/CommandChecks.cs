using System.CommandLine;
using System.CommandLine.Parsing;

namespace HopsKafka.Cli;

/// <summary>Checks of options against each other.</summary>
public static class CommandChecks
{
    /// <summary>Adds a check that looks at the values of options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="check">Adds an error to what it is given when options do not go together.</param>
    public static void AddCheck(this Command command, Action<CommandResult> check)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(check);
        command.Validators.Add(result =>
        {
            try
            {
                check(result);
            }
            catch (InvalidOperationException e)
            {
                // An option has no value, or a wrong one, and its value was asked for: that comes first.
                result.AddError(e.Message);
            }
        });
    }
}
