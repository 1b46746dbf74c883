using HopsKafka.Cli;
using HopsKafka.Consumer;

return await CliHost.RunAsync(ConsumerCommand.Create(), args);
