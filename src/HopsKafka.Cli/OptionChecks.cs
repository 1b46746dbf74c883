using System.CommandLine;
using System.CommandLine.Parsing;

namespace HopsKafka.Cli;

/// <summary>Checks of combinations of options.</summary>
internal static class OptionChecks
{
    /// <summary>Adds a check of the values of options.</summary>
    /// <param name="check">Adds an error to the result if options cannot be combined.</param>
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
                // The check read an option without a valid value: that error comes first.
                result.AddError(e.Message);
            }
        });
    }

    /// <summary>Rejects options that would have no effect beside another one.</summary>
    /// <param name="option">The one option, such as <c>--decode</c>.</param>
    /// <param name="does">Its effect, which completes "Option --decode …".</param>
    /// <param name="companions">The options that can be combined with it.</param>
    public static void AllowBeside(this CommandResult result, string option, string does, params string[] companions)
    {
        ArgumentNullException.ThrowIfNull(result);
        var given = result.Children.OfType<OptionResult>().Where(o => o is { Implicit: false, Option.Recursive: false }).Select(o => o.Option.Name).ToList();
        var rejected = given.Except([option, .. companions]).ToList();
        if (given.Contains(option) && rejected.Count > 0)
        {
            result.AddError($"Option {option} {does}: it cannot be used with {string.Join(", ", rejected)}.");
        }
    }
}
