using HopsKafka.Common;

namespace HopsKafka.Cli;

/// <summary>Warns of each of many like things, but not so often that it buries what else is told: the first twenty. Not thread-safe.</summary>
internal sealed class WarningLimiter
{
    private const int MaxWarnings = 20;

    private long _count;

    /// <summary>Warns, unless it did so often enough.</summary>
    /// <param name="text">One sentence or more.</param>
    /// <param name="fields">Where it happened.</param>
    public void Warn(string text, LogFields? fields = null, string? code = null)
    {
        if (++_count <= MaxWarnings)
        {
            ConsoleLog.Warning(_count == MaxWarnings ? $"{text} Further ones are only counted." : text, fields: fields, code: code);
        }
    }
}
