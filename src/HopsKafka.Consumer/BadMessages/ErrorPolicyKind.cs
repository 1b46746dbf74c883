namespace HopsKafka.Consumer.BadMessages;

/// <summary>What is done with an event that cannot be decoded.</summary>
internal enum ErrorPolicyKind
{
    /// <summary>The tool ends; the event is not committed.</summary>
    Stop,

    /// <summary>It is told, counted and passed over.</summary>
    Skip,

    /// <summary>It is put into a file, and passed over.</summary>
    DeadLetter,
}
