using System.Globalization;

namespace HopsKafka.ClusterTests.Groups;

/// <summary>Samples of the resources that a process uses, from /proc.</summary>
public sealed class ProcessSamples(string name, int process)
{
    private readonly List<(double Megabytes, int Handles, int Threads)> _samples = [];

    public void Sample() => _samples.Add((Resident(), Entries("fd"), Entries("task")));

    /// <summary>
    /// The median of the last third is above that of the middle third by no more than a margin. The first third is that of warming up.
    /// </summary>
    public void AssertFlat(double megabytes, int handles, int threads)
    {
        AssertFlat("MB of memory", s => s.Megabytes, megabytes);
        AssertFlat("handles", s => s.Handles, handles);
        AssertFlat("threads", s => s.Threads, threads);
    }

    public override string ToString() =>
        $"{name}: {string.Join("; ", _samples.Where((_, i) => i % Math.Max(1, _samples.Count / 12) == 0).Select(s => $"{s.Megabytes:0} MB, {s.Handles} handles, {s.Threads} threads"))}";

    private void AssertFlat(string what, Func<(double Megabytes, int Handles, int Threads), double> of, double margin)
    {
        var third = _samples.Count / 3;
        var (middle, last) = (Median(_samples.Skip(third).Take(third).Select(of)), Median(_samples.Skip(2 * third).Select(of)));
        Assert.True(last <= middle + margin, $"{name} uses more and more {what}: {middle:0.#} in the middle, {last:0.#} in the end. {this}");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private double Resident()
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }

    private int Entries(string folder) => Directory.GetFileSystemEntries($"/proc/{process}/{folder}").Length;
}
