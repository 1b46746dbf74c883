using HopsKafka.TestKit;

namespace HopsKafka.Tests.EndToEnd;

public sealed class SandboxProducerSpecs(SharedSandbox sandbox) : SharedProducerSpecs(sandbox.User);
