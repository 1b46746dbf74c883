using System.Text;
using HopsKafka.Common;
using HopsKafka.Kafka;

namespace HopsKafka.Producer.Replaying;

/// <summary>Writes the letters that a replay did not deliver to a file of their own, so that the next replay sends no letter twice.</summary>
internal static class UnsentLetterFile
{
    /// <summary>Writes a new file beside the dead-letter file.</summary>
    /// <param name="letters">The letters that were not delivered.</param>
    /// <param name="lines">Lines that are not letters, unchanged.</param>
    /// <exception cref="HopsKafkaException">The file cannot be written.</exception>
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
                $"The unsent letters cannot be written to {ShortPath.Of(Path.GetFullPath(path))}: {e.Message.TrimEnd('.')}.",
                $"Do not replay {source} again: that would send the delivered letters a second time.",
                innerException: e);
        }
    }
}
