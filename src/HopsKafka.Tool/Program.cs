using HopsKafka.Cli;
using HopsKafka.Tool;

return await CliHost.RunAsync(HopsKafkaCommand.Create(), args);
