using HopsKafka.Common;

namespace HopsKafka.Sensors;

/// <summary>
/// Counter-based Gaussian noise: a pure function of (seed, sensor, step), so any step can be computed at any time, on any
/// machine, without the ones before it. 64 bits are mixed from seed, id and step (finalizer of SplitMix64, ids hashed by
/// FNV-1a), turned into a probability, and that into a normal deviate (inverse normal distribution, Wichura's AS 241).
/// </summary>
internal static class Noise
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>The key of a sensor's stream, the same for all its steps.</summary>
    /// <returns>The stream's 64-bit key.</returns>
    public static ulong StreamOf(long seed, string sensorId) => Mix(Mix((ulong)seed + Gamma) ^ Fnv1a.Hash(sensorId));

    /// <summary>The normal deviate of one step.</summary>
    /// <param name="stream">From <see cref="StreamOf"/>.</param>
    /// <returns>A number from N(0,1), between −8.3 and 8.3.</returns>
    public static double At(ulong stream, long step)
    {
        var bits = Mix(stream + ((ulong)step * Gamma));
        var probability = ((bits >> 11) + 0.5) * (1.0 / (1UL << 53));
        return NormalDistribution.Quantile(probability);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
