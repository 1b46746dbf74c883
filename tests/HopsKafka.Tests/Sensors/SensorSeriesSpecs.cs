using System.Text.Json;
using HopsKafka.Sensors;
using HopsKafka.TestKit;

namespace HopsKafka.Tests.Sensors;

public sealed class SensorSeriesSpecs
{
    [Fact]
    public void Values_without_noise_match_the_golden_file()
    {
        using var golden = JsonDocument.Parse(Golden.Read("sensor-values.json"));
        var series = SensorShape.Tutorial.ToDictionary(s => s.Id, s => new SensorSeries(s with { Noise = 0 }));

        foreach (var row in golden.RootElement.EnumerateArray())
        {
            var expected = row.GetProperty("value_without_noise").GetDouble();
            var actual = series[row.GetProperty("sensor").GetString()!].ValueAt(row.GetProperty("step").GetInt64());
            Assert.True(Math.Abs(actual - expected) <= 1e-12 * Math.Abs(expected), $"{row}: {actual:R}");
        }

        Assert.Equal(152, golden.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("sensor0", 0)]
    [InlineData("sensor0", 1)]
    [InlineData("sensor4", 999)]
    [InlineData("sensor7", 1_000_000_007)]
    [InlineData("boiler å", 3)]
    public void Noisy_values_are_the_documented_function_of_seed_sensor_and_step(string id, long step)
    {
        var shape = new SensorShape(id, 0, 0, 100, 0, 1, 0);

        var value = new SensorSeries(shape, seed: 42).ValueAt(step);

        // SplitMix64's finalizer over (seed, FNV-1a of the id, step), computed here in another way.
        var expected = Reference(42, id, step);
        Assert.Equal(expected, value, 1e-13);
    }

    [Fact]
    public void A_resumed_series_has_the_very_values_of_one_run()
    {
        var whole = SensorShape.Tutorial.Select(s => new SensorSeries(s)).ToList();
        var resumed = SensorShape.Tutorial.Select(s => new SensorSeries(s)).ToList();

        for (var step = 9L; step >= 5; step--)
        {
            Assert.Equal(whole.Select(s => s.ValueAt(step)), resumed.Select(s => s.ValueAt(step)));
        }
    }

    [Fact]
    public void The_default_series_never_changes_by_a_bit()
    {
        long[] steps = [0, 1, 2, 3, 4, 5, 999, 123_456_789];

        var bits = SensorShape.Tutorial.SelectMany(s => steps.Select(new SensorSeries(s).ValueAt))
            .Select(BitConverter.DoubleToInt64Bits)
            .Aggregate(17L, (hash, b) => unchecked((hash * 31) + b));

        Assert.Equal(PinnedBits, bits);
    }

    [Fact]
    public void The_noise_is_standard_normal()
    {
        const int Count = 200_000;
        var series = new SensorSeries(new SensorShape("x", 0, 0, 10, 0, 1, 0));

        var values = Enumerable.Range(0, Count).Select(step => series.ValueAt(step)).ToList();

        var mean = values.Average();
        var variance = values.Average(v => (v - mean) * (v - mean));
        Assert.Equal(0, mean, 0.01);
        Assert.Equal(1, variance, 0.015);
        Assert.Equal(0.6827, values.Count(v => Math.Abs(v) < 1) / (double)Count, 0.005);
        Assert.Equal(0.0027, values.Count(v => Math.Abs(v) > 3) / (double)Count, 0.0006);
    }

    [Fact]
    public void Seeds_and_sensors_have_noise_of_their_own()
    {
        var shape = new SensorShape("a", 0, 0, 10, 0, 1, 0);

        double[] values =
        [
            new SensorSeries(shape, 1).ValueAt(7), new SensorSeries(shape, 2).ValueAt(7),
            new SensorSeries(shape with { Id = "b" }, 1).ValueAt(7), new SensorSeries(shape, 1).ValueAt(8),
        ];

        Assert.Equal(4, values.Distinct().Count());
    }

    [Theory]
    [InlineData(2.5, 0)]
    [InlineData(100, -30)]
    [InlineData(100_000, 3)]
    public void Any_period_and_phase_follow_the_formula(double period, double phase)
    {
        var series = new SensorSeries(new SensorShape("x", 1, 2, period, 3, 0, phase));

        for (var step = 0; step < 50; step++)
        {
            var x = ((((step + phase) % period) + period) % period) / period;
            var pattern = x < 0.4 ? Math.Cos(2 * Math.PI * x) : 1 / Math.Exp(3 * x);
            Assert.Equal(1 + (2 * step) + (3 * pattern), series.ValueAt(step), 1e-12);
        }
    }

    private const long PinnedBits = 5250672274957001061;

    private static double Reference(ulong seed, string id, long step)
    {
        static ulong Finalize(ulong z)
        {
            z ^= z >> 30;
            z *= 0xBF58476D1CE4E5B9;
            z ^= z >> 27;
            z *= 0x94D049BB133111EB;
            z ^= z >> 31;
            return z;
        }

        var hash = System.Text.Encoding.UTF8.GetBytes(id).Aggregate(14695981039346656037UL, (h, b) => (h ^ b) * 1099511628211);
        var stream = Finalize(Finalize(seed + 0x9E3779B97F4A7C15) ^ hash);
        var p = ((Finalize(stream + ((ulong)step * 0x9E3779B97F4A7C15)) >> 11) + 0.5) / 9007199254740992.0;
        return QuantileByBisection(p);
    }

    // Φ by its Taylor-like series (Marsaglia 2004), inverted by bisection: nothing in common with AS 241.
    private static double QuantileByBisection(double p)
    {
        double low = -9, high = 9;
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Cumulative(middle) < p ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static double Cumulative(double x)
    {
        double sum = x, term = x;
        for (var i = 3; i < 400; i += 2)
        {
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
