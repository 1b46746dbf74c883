using System.Text;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Producer.Replaying;

/// <summary>The letters that a replay did not deliver, in a file of their own, so that the next replay sends no other twice.</summary>
internal static class UnsentLetters
{
    /// <summary>Writes them to a new file beside that of the letters.</summary>
    /// <param name="letters">Those that were not delivered.</param>
    /// <param name="lines">Lines that are no letters, kept as they are.</param>
    /// <exception cref="HopsKafkaException">It cannot be written.</exception>
    public static string Write(string source, IEnumerable<DeadLetter> letters, IEnumerable<string> lines)
    {
        var path = Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? $"{source}.unsent" : $"{source}.unsent-{i}").First(p => !Path.Exists(p));
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            foreach (var letter in letters)
            {
                file.Write([.. letter.ToJson(), (byte)'\n']);
            }

            foreach (var line in lines)
            {
                file.Write(Encoding.UTF8.GetBytes(line + '\n'));
            }

            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HopsKafkaException(
                $"The letters that were not sent cannot be written to {ShortPath.Of(Path.GetFullPath(path))}: {e.Message.TrimEnd('.')}.",
                $"Replaying {source} sends the delivered letters again.",
                innerException: e);
        }
    }
}
