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
    [InlineData("Option -o avro needs --out FILE", "-o", "avro")]
    [InlineData("Option --rotate needs --out FILE", "--rotate", "1h")]
    [InlineData("Option --rotate needs --out FILE", "-o", "avro", "--out", "x.avro", "--rotate", "1h")]
    [InlineData("Option --rotate must be a size such as 100MB (KB, MB, GB) or an age such as 1h (s, m, h, d), not '100'.", "--out", "x", "--rotate", "100")]
    [InlineData("Option --rotate must be a size such as 100MB", "--out", "x", "--rotate", "0MB")]
    [InlineData("Option --rotate must be a size such as 100MB", "--out", "x", "--rotate", "-1h")]
    [InlineData("Option --rotate must be a size such as 100MB", "--out", "x", "--rotate", "1.5GB")]
    [InlineData("Option --rotate must be a size such as 100MB", "--out", "x", "--rotate", "99999999999GB")]
    [InlineData("Option --out cannot be used with --verify", "--out", "x", "--verify")]
    [InlineData("Option --out must be the name of a file", "-o", "avro", "--out", "")]
    [InlineData("Option --out must be the name of a file, not 'folder/'.", "--out", "folder/", "--rotate", "1h")]
    [InlineData("Option -o avro writes whole values", "-o", "avro", "--out", "x.avro", "--fields", "a")]
    [InlineData("Option -o avro needs --value avro.", "-o", "avro", "--out", "x.avro", "--value", "hex")]
    [InlineData("Option --fields needs --value avro", "--fields", "a", "--value", "hex")]
    [InlineData("Option --where needs --value avro", "--where", "a=1", "--value", "string")]
    [InlineData("Option --reader-schema needs --value avro", "--reader-schema", "a.avsc", "--value", "raw")]
    [InlineData("Option --fields must be names of fields such as id,place.city, not ''.", "--fields", "a,,b")]
    [InlineData("Option --where must be a condition such as 'id=sensor3', 'value>=10', 'id~sensor*' or 'id in (a,b)', not 'id'.", "--where", "id")]
    [InlineData("Options --reader-schema and --use-registered cannot be used together", "--reader-schema", "a.avsc", "--use-registered")]
    [InlineData("Option --verify prints a table, or JSON with -o json", "--verify", "-o", "csv")]
    [InlineData("Option --verify prints a table, or JSON with -o json", "--verify", "-o", "avro", "--out", "x.avro")]
    [InlineData("Option --where cannot be used with --verify", "--verify", "--where", "a=1")]
    [InlineData("Option --fields cannot be used with --verify", "--verify", "--fields", "a")]
    [InlineData("Option --decode prints a file of dead letters: it cannot be used with --where.", "--decode", "a", "--where", "a=1")]
    [InlineData("Option --decode prints a file of dead letters: it cannot be used with --from, --verify, --plot.", "--decode", "a", "--from", "end", "--verify", "--plot", "a.png")]
    [InlineData("Option --draw draws saved files: it cannot be used with --output, --until.", "--draw", "a", "--plot", "a.png", "-o", "json", "--until", "end")]
    [InlineData("Option --draw draws saved files: it cannot be used with --decode.", "--draw", "a", "--plot", "a.png", "--decode", "b")]
    [InlineData("Option --idle-exit must be a number of seconds from 0.001 to 1000000, such as 0.5, not '0'.", "--idle-exit", "0")]
    [InlineData("Option --fields names the field id more than once.", "--fields", "id,value,id", "-o", "json")]
    [InlineData("Option --fields names the field _key more than once.", "--fields", "_key,_key", "-o", "csv")]
    [InlineData("Option --csv-safe needs -o csv.", "--csv-safe")]
    [InlineData("Option --csv-safe needs -o csv.", "--csv-safe", "-o", "json")]
    public void A_wrong_option_is_reported(string expected, params string[] arguments)
    {
        var parsed = ConsumerCommand.Create().Parse(arguments);

        Assert.Contains(parsed.Errors, error => error.Message.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-o", "json", "--fields", "a,b.a,a.b", "--where", "a=1", "--where", "b!=2", "--key", "avro")]
    [InlineData("-o", "avro", "--out", "x.avro", "--where", "a=1", "--reader-schema", "r.avsc")]
    [InlineData("-o", "csv", "--value", "raw", "--key", "hex")]
    [InlineData("--decode", "a", "-o", "csv", "--csv-safe")]
    [InlineData("--output", "text")]
    [InlineData("--verify", "-o", "json", "--plot", "a.png", "--idle-exit", "0.1")]
    [InlineData("--decode", "a", "-c", "x.toml", "-o", "csv", "--fields", "a", "--reader-schema", "r.avsc")]
    [InlineData("--draw", "a", "b", "--plot", "a.svg", "-c", "x.toml", "-s", "3", "--x", "time", "--plot-unit", "K")]
    public void Options_that_can_be_combined_are_accepted(params string[] arguments) => Assert.Empty(ConsumerCommand.Create().Parse(arguments).Errors);
}
