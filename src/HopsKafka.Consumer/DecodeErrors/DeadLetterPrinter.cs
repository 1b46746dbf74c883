using System.Buffers;
using HopsKafka.Cli;
using HopsKafka.Common;
using HopsKafka.Consumer.Outputs;
using HopsKafka.Kafka;

namespace HopsKafka.Consumer.DecodeErrors;

/// <summary>Prints a file of dead letters to stdout, without a cluster.</summary>
/// <param name="output">How events are shown.</param>
internal sealed class DeadLetterPrinter(string file, OutputOptions output)
{
    private const string Option = "--decode";

    private readonly StandardOutput _stdout = CommandContext.Current.Output;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly WarningLimiter _warnings = new();
    private long _invalidLines;
    private long _decoded;
    private long _letters;

    /// <summary>Prints all dead letters.</summary>
    /// <returns>The exit code: failed if a line is not a dead letter.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var letters = new DeadLetterFormat(output);
        foreach (var line in DeadLetterFile.Read(file, Option, stop))
        {
            stop.ThrowIfCancellationRequested();
            if (line.Letter is not { } letter)
            {
                WarnOfInvalidLine(line);
                continue;
            }

            _letters++;
            _decoded += await letters.WriteAsync(_buffer, letter, stop) ? 1 : 0;
            _stdout.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
            if (!_stdout.HasReader)
            {
                break;
            }
        }

        output.WarnOfAbsentFields();
        var others = _invalidLines == 0 ? "" : $"; {_invalidLines} other line{(_invalidLines == 1 ? "" : "s")}";
        ConsoleLog.Report($"{_letters} dead letter{(_letters == 1 ? "" : "s")}, {_decoded} of them can be decoded{others}.");
        return _invalidLines > 0 ? ExitCode.Failed : ExitCode.Ok;
    }

    private void WarnOfInvalidLine(DeadLetterLine line)
    {
        _invalidLines++;
        _warnings.Warn($"{file}({line.Number}): {line.Problem}.", WarningCodes.InvalidLine, new LogFields(file, line.Number));
    }
}
