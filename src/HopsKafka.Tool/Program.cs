using System.CommandLine;
using HopsKafka.Cli;
using HopsKafka.Tool.Certs;
using HopsKafka.Tool.Demo;
using HopsKafka.Tool.Doctor;
using HopsKafka.Tool.Groups;
using HopsKafka.Tool.Init;
using HopsKafka.Tool.Sandbox;
using HopsKafka.Tool.Schemas;
using HopsKafka.Tool.Setup;
using HopsKafka.Tool.Topics;

var command = new RootCommand("Everything around avro-producer and avro-consumer: an embedded Hopsworks to try them on, and a demo.")
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
};
return await CliHost.RunAsync(command, args);
