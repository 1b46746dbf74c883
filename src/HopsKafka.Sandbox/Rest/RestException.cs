namespace HopsKafka.Sandbox.Rest;

/// <summary>Ends a call with an error answer.</summary>
internal sealed class RestException(Answer answer, Exception? cause = null)
    : Exception($"HTTP {answer.Status}: {answer.Body}", cause)
{
    public Answer Answer { get; } = answer;
}
