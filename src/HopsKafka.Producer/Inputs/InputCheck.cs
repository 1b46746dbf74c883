using HopsKafka.Cli;
using HopsKafka.Common;

namespace HopsKafka.Producer.Inputs;

/// <summary>Encodes an input and sends nothing: <c>--check</c>.</summary>
internal sealed class InputCheck(InputRequest request)
{
    /// <summary>Reads the whole input.</summary>
    /// <returns>The exit code: failed if any line is bad.</returns>
    public int Run(InputSchema schema, CancellationToken stop)
    {
        using var input = InputFile.Open(request.Path, stop);
        var key = EventKey.Of(schema, request);
        using var reader = InputReader.Open(input, schema, request, key);
        using var bad = new BadLines(request, input.Name, stop);
        var source = new InputEventSource(reader, schema, request, input.Name, key, bad) { Partitions = 1 };
        long good = 0;
        while (source.MoveNext())
        {
            good++;
        }

        ConsoleLog.Report($"{input.Name}: {good} {reader.Unit}{(good == 1 ? " is" : "s are")} valid, {bad.Count} {(bad.Count == 1 ? "is" : "are")} not. Nothing was sent.");
        return source.Failure is { } failure ? throw failure : bad.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
