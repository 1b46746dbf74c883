using System.Diagnostics;
using System.Globalization;
using HopsKafka.Cli;

namespace HopsKafka.Producer.Inputs;

/// <summary>How far an input is sent: percent of its bytes, events per second, remaining time.</summary>
internal sealed class InputProgress(InputFile input, DeliveryLedger deliveries)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Shows it on a terminal.</summary>
    /// <returns>Ends that; null where stderr is no terminal.</returns>
    public ProgressLine? Show()
    {
        var rate = new EventRate(_clock);
        return CommandContext.Current.Log.IsTerminal
            ? new ProgressLine(() => $"{Share()}{deliveries.Delivered} events, {rate.Update(deliveries.Delivered):0} events/s, {deliveries.InFlight} in flight{Remaining()}")
            : null;
    }

    private double? Fraction => input.Length is > 0 and var length ? Math.Min(1.0, (double)input.BytesRead / length) : null;

    private string Share() => Fraction is { } fraction ? string.Create(CultureInfo.InvariantCulture, $"{fraction * 100:0.0} %, ") : "";

    private string Remaining() => Fraction is > 0 and var fraction
        ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(Math.Ceiling(_clock.Elapsed.TotalSeconds * (1 - fraction) / fraction)):g} left")
        : "";
}
