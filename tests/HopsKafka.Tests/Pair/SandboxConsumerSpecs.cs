using HopsKafka.TestKit;

namespace HopsKafka.Tests.Pair;

public sealed class SandboxConsumerSpecs(SharedSandbox sandbox) : ConsumerPairSpecs(sandbox.User);
