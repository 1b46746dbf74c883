using HopsKafka.TestKit;

namespace HopsKafka.Tests.Pair;

public sealed class SandboxConsumerSpecs(SharedSandbox sandbox) : SharedConsumerSpecs(sandbox.User);
