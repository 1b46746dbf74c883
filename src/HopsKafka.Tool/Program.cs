using HopsKafka.Cli;
using HopsKafka.Consumer;
using HopsKafka.Producer;
using HopsKafka.Tool;

// If hops-kafka is installed alone, its demo starts avro-producer and avro-consumer from this same file.
return args switch
{
    [SiblingTool.Producer, .. var rest] => await CliHost.RunAsync(ProducerCommand.Create(), rest, SiblingTool.Producer),
    [SiblingTool.Consumer, .. var rest] => await CliHost.RunAsync(ConsumerCommand.Create(), rest, SiblingTool.Consumer),
    _ => await CliHost.RunAsync(HopsKafkaCommand.Create(), args),
};
