using HopsKafka.TestKit;

namespace HopsKafka.Tests.Pair;

public sealed class SandboxConsumerSpecs(SandboxFixture sandbox) : ConsumerPairSpecs(sandbox.User), IClassFixture<SandboxFixture>;
