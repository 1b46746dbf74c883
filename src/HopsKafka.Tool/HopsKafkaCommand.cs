using System.CommandLine;
using HopsKafka.Tool.Certs;
using HopsKafka.Tool.Completion;
using HopsKafka.Tool.Demo;
using HopsKafka.Tool.Doctor;
using HopsKafka.Tool.Groups;
using HopsKafka.Tool.Init;
using HopsKafka.Tool.Sandbox;
using HopsKafka.Tool.Schemas;
using HopsKafka.Tool.Setup;
using HopsKafka.Tool.Topics;

namespace HopsKafka.Tool;

/// <summary>The command line of hops-kafka.</summary>
internal static class HopsKafkaCommand
{
    /// <summary>Makes the command.</summary>
    public static RootCommand Create() => new("Everything around avro-producer and avro-consumer: an embedded Hopsworks to try them on, and a demo.")
    {
        CertsCommand.Create(),
        DemoCommand.Create(),
        InitCommand.Create(),
        SandboxCommand.Create(),
        SetupCommand.Create(),
        SchemasCommand.Create(),
        TopicsCommand.Create(),
        DoctorCommand.Create(),
        GroupsCommand.Create(),
        CompletionCommand.Create(),
    };
}
