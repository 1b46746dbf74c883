using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace HopsKafka.Cli;

/// <summary>Creates options for numbers, with messages that name the range.</summary>
internal static class NumberOptions
{
    /// <summary>An option for a whole number.</summary>
    /// <param name="description">The description in the help.</param>
    /// <param name="fallback">The default.</param>
    public static Option<long> Whole(
        string name, string[] aliases, string description, long fallback, long least = long.MinValue, long most = long.MaxValue) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                if (!long.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                {
                    result.AddError($"Option {name} must be a whole number, not '{Text(result)}'.");
                }
                else if (value < least || value > most)
                {
                    result.AddError($"Option {name} must be a whole number {Range(least, most)}, not {value}.");
                }

                return value;
            },
        };

    /// <summary>An option for seconds, with fractions.</summary>
    /// <param name="description">The description in the help.</param>
    /// <param name="fallback">The default, in seconds.</param>
    public static Option<double> Seconds(string name, string[] aliases, string description, double fallback, double least = 0)
    {
        var wanted = string.Create(CultureInfo.InvariantCulture, $"a number of seconds from {least} to 1000000, such as 0.5");
        var option = Decimal(name, aliases, description, "SECONDS", wanted, least, 1e6);
        option.DefaultValueFactory = _ => fallback;
        return option;
    }

    /// <summary>An option for a rate per second, without a default.</summary>
    /// <param name="description">The description in the help.</param>
    public static Option<double> Rate(string name, string description) =>
        Decimal(name, [], description, "N", "a number per second from 0.001 to 10000000", 0.001, 1e7);

    private static Option<double> Decimal(
        string name, string[] aliases, string description, string helpName, string wanted, double least, double most) => new(name, aliases)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (!double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || !(value >= least && value <= most))
            {
                result.AddError($"Option {name} must be {wanted}, not '{Text(result)}'.");
            }

            return value;
        },
    };

    private static string Text(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";

    private static string Range(long least, long most) => (least, most) switch
    {
        (_, long.MaxValue) => $"from {least}",
        (long.MinValue, _) => $"up to {most}",
        _ => $"from {least} to {most}",
    };
}
