using System.CommandLine;

namespace HopsKafka.Tool.Demo;

/// <summary>The command line of <c>hops-kafka demo</c>.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> s_out = new("--out")
    {
        Description = "Folder for the pictures and the sandbox.", HelpName = "DIR", DefaultValueFactory = _ => "demo",
    };

    private static readonly Option<string?> s_kafkaHome = new("--kafka-home")
    {
        Description = "Run it on the Apache Kafka of this installation (its libs/ folder; needs Java).", HelpName = "DIR",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("demo", "Runs the whole tutorial on an embedded Hopsworks, checks it, and leaves the pictures.")
        {
            s_out, s_kafkaHome,
        };
        command.SetAction(async (parsed, stop) =>
        {
            using var demo = new TutorialDemo(parsed.GetValue(s_out)!, parsed.GetValue(s_kafkaHome));
            return await demo.RunAsync(stop);
        });
        return command;
    }
}
