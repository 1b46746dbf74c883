using HopsKafka.TestKit;

namespace HopsKafka.Tests.Pair;

public sealed class SandboxProducerSpecs(SandboxFixture sandbox) : ProducerPairSpecs(sandbox.User), IClassFixture<SandboxFixture>;
