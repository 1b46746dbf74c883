using HopsKafka.Consumer;

namespace HopsKafka.Tests.Consumer;

public sealed class OutputFlagsSpecs
{
    [Theory]
    [InlineData("Option --output must be text, json, csv or avro, not 'xml'.", "-o", "xml")]
    [InlineData("Option --output must be text, json, csv or avro, not '1'.", "-o", "1")]
    [InlineData("Option --output must be text, json, csv or avro, not 'JSON'.", "-o", "JSON")]
    [InlineData("Option --value must be avro, string, hex or raw, not 'text'.", "--value", "text")]
    [InlineData("Option --key must be string, avro or hex, not 'raw'.", "--key", "raw")]
    [InlineData("Options -o avro and --out go together", "-o", "avro")]
    [InlineData("Options -o avro and --out go together", "--out", "x.avro")]
    [InlineData("Options -o avro and --out go together", "-o", "json", "--out", "x.avro")]
    [InlineData("Option --out must be the name of a file", "-o", "avro", "--out", "")]
    [InlineData("Option -o avro writes whole values", "-o", "avro", "--out", "x.avro", "--fields", "a")]
    [InlineData("Option -o avro needs --value avro.", "-o", "avro", "--out", "x.avro", "--value", "hex")]
    [InlineData("Option --fields needs --value avro", "--fields", "a", "--value", "hex")]
    [InlineData("Option --where needs --value avro", "--where", "a=1", "--value", "string")]
    [InlineData("Option --reader-schema needs --value avro", "--reader-schema", "a.avsc", "--value", "raw")]
    [InlineData("Option --fields must be names of fields such as id,place.city, not ''.", "--fields", "a,,b")]
    [InlineData("Option --where must be a condition such as 'id=sensor3' or 'value>=10', not 'id'.", "--where", "id")]
    [InlineData("Options --reader-schema and --use-registered cannot be used together", "--reader-schema", "a.avsc", "--use-registered")]
    [InlineData("Option --verify shows a table, or JSON with -o json", "--verify", "-o", "csv")]
    [InlineData("Option --verify shows a table, or JSON with -o json", "--verify", "-o", "avro", "--out", "x.avro")]
    [InlineData("Option --where cannot be used with --verify", "--verify", "--where", "a=1")]
    [InlineData("Option --fields cannot be used with --verify", "--verify", "--fields", "a")]
    [InlineData("Option --decode prints a file of dead letters: it cannot be used with --where.", "--decode", "a", "--where", "a=1")]
    [InlineData("Option --decode prints a file of dead letters: it cannot be used with --from, --verify, --plot.", "--decode", "a", "--from", "end", "--verify", "--plot", "a.png")]
    [InlineData("Option --draw draws saved files: it cannot be used with --output, --until.", "--draw", "a", "--plot", "a.png", "-o", "json", "--until", "end")]
    [InlineData("Option --draw draws saved files: it cannot be used with --decode.", "--draw", "a", "--plot", "a.png", "--decode", "b")]
    [InlineData("Option --idle-exit must be more than 0 seconds.", "--idle-exit", "0")]
    [InlineData("Option --csv-safe needs -o csv.", "--csv-safe")]
    [InlineData("Option --csv-safe needs -o csv.", "--csv-safe", "-o", "json")]
    public void A_wrong_option_is_told(string expected, params string[] arguments)
    {
        var parsed = ConsumerCommand.Create().Parse(arguments);

        Assert.Contains(parsed.Errors, error => error.Message.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-o", "json", "--fields", "a,b.c", "--where", "a=1", "--where", "b!=2", "--key", "avro")]
    [InlineData("-o", "avro", "--out", "x.avro", "--where", "a=1", "--reader-schema", "r.avsc")]
    [InlineData("-o", "csv", "--value", "raw", "--key", "hex")]
    [InlineData("--decode", "a", "-o", "csv", "--csv-safe")]
    [InlineData("--output", "text")]
    [InlineData("--verify", "-o", "json", "--plot", "a.png", "--idle-exit", "0.1")]
    [InlineData("--decode", "a", "-c", "x.toml", "-o", "csv", "--fields", "a", "--reader-schema", "r.avsc")]
    [InlineData("--draw", "a", "b", "--plot", "a.svg", "-c", "x.toml", "-s", "3", "--x", "time", "--plot-unit", "K")]
    public void What_goes_together_is_taken(params string[] arguments) => Assert.Empty(ConsumerCommand.Create().Parse(arguments).Errors);
}
