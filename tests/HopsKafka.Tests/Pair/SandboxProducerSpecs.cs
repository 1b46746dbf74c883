using HopsKafka.TestKit;

namespace HopsKafka.Tests.Pair;

public sealed class SandboxProducerSpecs(SharedSandbox sandbox) : SharedProducerSpecs(sandbox.User);
