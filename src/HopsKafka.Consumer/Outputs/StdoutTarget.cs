using HopsKafka.Cli;

namespace HopsKafka.Consumer.Outputs;

/// <summary>Writes events to stdout.</summary>
internal sealed class StdoutTarget(StandardOutput output) : EventTarget
{
    /// <inheritdoc/>
    public override int FlushSize => 32 * 1024;

    /// <inheritdoc/>
    public override bool HasReader => output.HasReader;

    /// <inheritdoc/>
    public override void CheckReader() => output.CheckReader();

    /// <inheritdoc/>
    public override void Write(ChunkedBuffer text, int events, Func<bool> keepWaiting, ref int accepted)
    {
        foreach (var chunk in text.Chunks)
        {
            var wanted = accepted + chunk.Length;
            output.Write(chunk.Span, keepWaiting, ref accepted);
            if (accepted < wanted)
            {
                break;
            }
        }
    }
}
