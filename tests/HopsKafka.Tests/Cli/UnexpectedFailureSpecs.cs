using System.CommandLine;
using HopsKafka.Cli;

namespace HopsKafka.Tests.Cli;

/// <summary>What a defect of a tool leaves on stderr.</summary>
public sealed class UnexpectedFailureSpecs
{
    [Fact]
    public async Task An_unexpected_exception_is_logged_with_its_cause_and_the_place_where_it_was_thrown()
    {
        var log = new StringWriter();
        var command = new RootCommand();
        CliHost.Prepare(command);
        command.SetAction((_, _) => Task.Run(int () => Fail()));
        var context = new CommandContext(() => new StandardOutput(Stream.Null))
        {
            Tool = "test",
            Input = () => TextReader.Null,
            Log = new LogOutput(log.Write),
            Environment = new Dictionary<string, string>(),
        };

        var code = await CliHost.RunAsync(command, [], context, CancellationToken.None);

        Assert.Equal(1, code);
        Assert.Matches(@"^error: Unexpected error \(DivideByZeroException\): the cause\n *at .*UnexpectedFailureSpecs\.Cause.*\n(.*\n)* *This is a defect of the tool: please report it", log.ToString());
    }

    private static int Fail()
    {
        try
        {
            return Cause();
        }
        catch (DivideByZeroException e)
        {
            throw new TypeInitializationException("Some.Type", e);
        }
    }

    private static int Cause() => throw new DivideByZeroException("the cause");
}
