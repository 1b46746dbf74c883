using System.Text.RegularExpressions;
using HopsKafka.Common;

namespace HopsKafka.Configuration;

/// <summary>
/// Reads topic and schema of <c>[kafka]</c>. Where <c>hops-kafka init</c> found several topics and none was chosen, it wrote
/// <c>[kafka.topics]</c>, topics with the subjects of their schemas, in their place.
/// </summary>
/// <param name="reader">Reads the keys of <c>[kafka]</c>.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed partial class TopicSection(TableReader reader, ConfigErrors problems)
{
    /// <summary>The table with the topics to choose from.</summary>
    public const string Topics = "topics";

    private const int MostListed = 20;
    private const string SubjectExample = "'sensor'";

    /// <summary>The topic, and its subject: that of <c>schema</c>, else that of <c>[kafka.topics]</c>; both empty when they are not needed.</summary>
    /// <param name="needsTopic">Whether the absence of a topic is a problem.</param>
    public (string Topic, string Schema) Read(bool needsTopic)
    {
        var subjects = Subjects();
        if (!needsTopic && reader.Find("topic") is null)
        {
            return ("", reader.OptionalText("schema", SubjectExample) ?? "");
        }

        var topic = Topic(subjects);
        if (subjects.Count > 0 && topic.Length > 0 && !subjects.ContainsKey(topic) && reader.Find("schema") is null)
        {
            RefuseUnlisted(topic, subjects);
            return (topic, "");
        }

        return (topic, reader.Find("schema") is null && subjects.GetValueOrDefault(topic) is { Length: > 0 } subject && !subject.Any(char.IsControl)
            ? subject
            : reader.Text("schema", SubjectExample));
    }

    private Dictionary<string, string> Subjects()
    {
        var subjects = new Dictionary<string, string>();
        if (reader.Find(Topics) is { } node and not ConfigTable)
        {
            reader.Wrong(node, Topics, "{ temperature = 'sensor' }");
        }

        foreach (var (topic, value) in (reader.Find(Topics) as ConfigTable)?.Children ?? [])
        {
            if (value is ConfigScalar { Value: string subject })
            {
                subjects[topic] = subject;
            }
            else
            {
                problems.Add(value.Place, $"[kafka.topics] {QuotedText.Key(topic)} is no subject; write {QuotedText.Key(topic)} = {SubjectExample}");
            }
        }

        return subjects;
    }

    private void RefuseUnlisted(string topic, Dictionary<string, string> subjects)
    {
        var what = $"[kafka] topic {topic} is not among [kafka.topics]: {Listed(subjects)}";
        problems.Add(
            reader.Find("topic")!.Place,
            Suggestions.Find(topic, subjects.Keys) is { } near
                ? $"{what}; did you mean {near}?"
                : $"{what}; write topic = {QuotedText.Value(subjects.Keys.First())}, or add it with schema = {SubjectExample}");
    }

    private static string Listed(Dictionary<string, string> subjects)
    {
        var more = subjects.Count > MostListed ? $" and {subjects.Count - MostListed} more" : "";
        return $"{string.Join(", ", subjects.Keys.Take(MostListed).Select(QuotedText.Key))}{more}";
    }

    private string Topic(Dictionary<string, string> subjects)
    {
        if (subjects.Count > 0 && reader.Find("topic") is null)
        {
            return reader.Missing(
                "topic", QuotedText.Value(subjects.Keys.First()), $"[kafka] topic is not chosen; the project has {Listed(subjects)}");
        }

        var topic = reader.Text("topic", "'temperature'");
        if (topic.Length > 0 && (!TopicName().IsMatch(topic) || topic is "." or ".."))
        {
            reader.Refuse("topic", "is no topic's name: that has up to 249 letters, digits, '.', '_' and '-'", "'temperature'");
        }

        return topic;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,249}\z")]
    private static partial Regex TopicName();
}
