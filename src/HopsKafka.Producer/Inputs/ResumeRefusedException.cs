using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

/// <summary>An input that cannot be resumed: it is another one than that of the earlier run, or is sent in another way.</summary>
internal sealed class ResumeRefusedException(string message, string? remedy, int exitCode = ExitCode.Failed, Exception? innerException = null)
    : HopsKafkaException(message, remedy, exitCode, innerException);
