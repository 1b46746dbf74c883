using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

/// <summary>What happens to the lines of an input that no event can be made of: option <c>--on-error</c>.</summary>
/// <param name="name">The input.</param>
internal sealed class BadLines(InputRequest request, string name, CancellationToken stop) : IDisposable
{
    private readonly WarningLimiter _warnings = new();
    private LineFile? _file;

    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

    /// <summary>The line that ended the run; null when none did.</summary>
    public HopsKafkaException? Failure { get; private set; }

    /// <summary>Takes the current line of the input.</summary>
    /// <exception cref="HopsKafkaException">The dead-letter file cannot be written.</exception>
    public void Add(InputReader reader, BadLineException error)
    {
        Count++;
        var place = $"{name}:{reader.Line}{(error.Column is { } column ? $":{column}" : "")}";
        var text = $"{place}: {DisplayText.Of(error.Clause.TrimEnd('.'))}{(error.Clause.EndsWith('?') ? "" : ".")}";
        var fields = new LogFields(name, reader.Line, error.Column);
        if (request.OnError == BadLinePolicy.Stop && !request.Check)
        {
            Failure = new HopsKafkaException(
                text, $"Correct it and continue with --resume or --from-line {reader.Line}; --check finds all such {reader.Unit}s, --on-error skips them.")
            {
                Fields = fields,
            };
            return;
        }

        if (request.OnError == BadLinePolicy.DeadLetter && !request.Check)
        {
            _file ??= LineFile.Append(request.DeadLetterFile!, reader.Header, stop);
            _file.Add(reader.Original);
        }

        _warnings.Warn(text, WarningCodes.InvalidLine, fields);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
