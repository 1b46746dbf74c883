using HopsKafka.Cli;
using HopsKafka.Producer;

return await CliHost.RunAsync(ProducerCommand.Create(), args);
