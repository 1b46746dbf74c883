using System.CommandLine;
using System.CommandLine.Parsing;

namespace HopsKafka.Cli;

/// <summary>Checks of options against each other.</summary>
internal static class OptionChecks
{
    /// <summary>Adds a check that looks at the values of options.</summary>
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

    /// <summary>Refuses the options that would have no effect beside another one: none is passed over in silence.</summary>
    /// <param name="option">The one option, such as <c>--decode</c>.</param>
    /// <param name="does">What it does, to end "Option --decode …".</param>
    /// <param name="companions">The options that it goes with.</param>
    public static void AllowBeside(this CommandResult result, string option, string does, params string[] companions)
    {
        ArgumentNullException.ThrowIfNull(result);
        var given = result.Children.OfType<OptionResult>().Where(o => o is { Implicit: false, Option.Recursive: false }).Select(o => o.Option.Name).ToList();
        var strangers = given.Except([option, .. companions]).ToList();
        if (given.Contains(option) && strangers.Count > 0)
        {
            result.AddError($"Option {option} {does}: it cannot be used with {string.Join(", ", strangers)}.");
        }
    }
}
