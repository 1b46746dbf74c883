using HopsKafka.Cli;
using HopsKafka.Consumer;
using HopsKafka.Producer;
using HopsKafka.Tool;

// Where hops-kafka came alone, its demo starts the pair from this same file.
return args switch
{
    [SiblingTool.Producer, .. var rest] => await CliHost.RunAsync(ProducerCommand.Create(), rest, SiblingTool.Producer),
    [SiblingTool.Consumer, .. var rest] => await CliHost.RunAsync(ConsumerCommand.Create(), rest, SiblingTool.Consumer),
    _ => await CliHost.RunAsync(HopsKafkaCommand.Create(), args),
};
