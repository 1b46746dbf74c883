using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>Logs warnings of one kind, but at most twenty, so that they do not hide other messages. Not thread-safe.</summary>
internal sealed class WarningLimiter
{
    private const int MaxWarnings = 20;

    private long _count;

    /// <summary>Logs a warning, unless the limit is reached.</summary>
    /// <param name="text">One or more sentences.</param>
    public void Warn(string text, string code, LogFields? fields = null)
    {
        if (++_count <= MaxWarnings)
        {
            ConsoleLog.Warning(_count == MaxWarnings ? $"{text} Further ones are only counted." : text, code, fields: fields);
        }
    }
}
