using System.CommandLine;
using HopsKafka.Cli;
using HopsKafka.Tool.Certs;
using HopsKafka.Tool.Completion;
using HopsKafka.Tool.Demo;
using HopsKafka.Tool.Doctor;
using HopsKafka.Tool.FeatureGroups;
using HopsKafka.Tool.Groups;
using HopsKafka.Tool.Init;
using HopsKafka.Tool.Manual;
using HopsKafka.Tool.Sandbox;
using HopsKafka.Tool.Schemas;
using HopsKafka.Tool.Setup;
using HopsKafka.Tool.Topics;

namespace HopsKafka.Tool;

/// <summary>The command line of hops-kafka.</summary>
internal static class HopsKafkaCommand
{
    /// <summary>Creates the command.</summary>
    public static RootCommand Create()
    {
        var command = new RootCommand("Sets up and checks a Hopsworks project for avro-producer and avro-consumer, or runs an embedded one.")
        {
            InitCommand.Create(),
            CertsCommand.Create(),
            SetupCommand.Create(),
            DoctorCommand.Create(),
            TopicsCommand.Create(),
            SchemasCommand.Create(),
            GroupsCommand.Create(),
            FeatureGroupsCommand.Create(),
            SandboxCommand.Create(),
            DemoCommand.Create(),
            CompletionCommand.Create(),
            ManCommand.Create(),
        };
        command.AddExample("Try the tools without a cluster", "hops-kafka sandbox");
        command.AddExample("Connect to your own project", "hops-kafka init --host hopsworks.example.com --project myproject");
        command.AddExample("Find out why something does not work", "hops-kafka doctor");
        return command;
    }
}
