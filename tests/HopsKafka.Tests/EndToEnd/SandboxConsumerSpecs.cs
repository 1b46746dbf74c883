using HopsKafka.TestKit;

namespace HopsKafka.Tests.EndToEnd;

public sealed class SandboxConsumerSpecs(SharedSandbox sandbox) : SharedConsumerSpecs(sandbox.User);
