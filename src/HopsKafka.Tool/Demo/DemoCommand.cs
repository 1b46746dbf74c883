using System.CommandLine;
using HopsKafka.Cli;

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
        Description = "Run on the Apache Kafka of this installation instead of the embedded one; needs Java.", HelpName = "DIR",
    };

    private static readonly Option<bool> s_featureGroup = new("--feature-group")
    {
        Description = "Instead of the tutorial, write rows to a feature group, read them, delete one, and copy them to the offline store.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("demo", "Runs the whole tutorial on an embedded Hopsworks, checks it, and writes the pictures.");
        command.AddGroup(HelpGroup.Kafka, s_kafkaHome);
        command.AddGroup(HelpGroup.Input, s_featureGroup);
        command.AddGroup(HelpGroup.Output, s_out);
        command.AddExample("Write the pictures to the folder demo", "hops-kafka demo");
        command.AddExample("See how rows get into a feature group", "hops-kafka demo --feature-group");
        command.SetAction(async (parsed, stop) =>
        {
            var context = CommandContext.Current;
            context.Environment = DemoEnvironment.Without(context.Environment);
            if (parsed.GetValue(s_featureGroup))
            {
                using var rows = new FeatureGroupDemo(parsed.GetValue(s_out)!, parsed.GetValue(s_kafkaHome));
                return await rows.RunAsync(stop);
            }

            using var demo = new TutorialDemo(parsed.GetValue(s_out)!, parsed.GetValue(s_kafkaHome));
            return await demo.RunAsync(stop);
        });
        return command;
    }
}
