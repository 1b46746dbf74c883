namespace HopsKafka.Tool.Setup;

/// <summary>What <c>hops-kafka setup --delete</c> would delete.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="TopicIsThere">Whether the project has it.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Versions">The versions that the subject has; none when it is not there.</param>
/// <param name="OtherUsers">Other topics of the project that use the subject, which therefore stays.</param>
internal sealed record UndoPlan(
    string Topic, bool TopicIsThere, string Subject, IReadOnlyList<int> Versions, IReadOnlyList<string> OtherUsers)
{
    /// <summary>Whether the subject goes.</summary>
    public bool DeletesSubject => Versions.Count > 0 && OtherUsers.Count == 0;

    /// <summary>Whether nothing goes.</summary>
    public bool IsEmpty => !TopicIsThere && !DeletesSubject;
}
