using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>avro-consumer on a real Apache Kafka.</summary>
public sealed class KafkaConsumerSpecs(KafkaFixture kafka) : ConsumerPairSpecs(kafka.User);
