using HopsKafka.TestKit;

namespace HopsKafka.ClusterTests;

/// <summary>avro-producer on a real Apache Kafka.</summary>
public sealed class KafkaProducerSpecs(KafkaFixture kafka) : SharedProducerSpecs(kafka.User);
